#include "corpus/notes_words.h"

#include <stdlib.h>

/* The lists read as running text, each sorted as strcmp sorts. */
/* clang-format off */

/* Lower case even in a title in title case. */
static const char *const function_words[] = {
    "a", "across", "after", "against", "along", "amid", "among", "an", "and", "around", "as", "at", "before",
    "beneath", "between", "beyond", "by", "down", "during", "for", "from", "in", "inside", "into", "near", "nor",
    "of", "off", "on", "onto", "or", "out", "outside", "over", "per", "the", "through", "to", "toward", "towards",
    "under", "up", "upon", "using", "versus", "via", "vs", "with", "within", "without"};

/* Lower case, these make a sentence: verbs in finite forms, pronouns, conjunctions, and what only notes say. */
static const char *const sentence_words[] = {
    "achieves", "added", "adds", "all", "allows", "already", "also", "am", "any", "are", "aren't", "assumes",
    "avoids", "be", "beats", "became", "because", "becomes", "been", "being", "bit", "both", "btw", "built", "but",
    "called", "can", "can't", "cannot", "caused", "causes", "contains", "costs", "could", "depends", "did",
    "didn't", "do", "does", "doesn't", "doing", "don't", "done", "e.g", "each", "enables", "etc", "even", "ever",
    "every", "failed", "fails", "finds", "found", "gave", "gets", "gives", "goes", "got", "had", "handles", "has",
    "have", "having", "he", "helped", "helps", "hence", "her", "here", "him", "his", "how", "however", "i", "i'd",
    "i'm", "i've", "i.e", "if", "ignores", "imo", "improved", "improves", "instead", "introduced", "introduces",
    "involves", "is", "isn't", "it", "it's", "its", "just", "keeps", "kept", "leads", "less", "like", "looks",
    "lot", "made", "makes", "many", "may", "maybe", "me", "means", "might", "more", "most", "much", "must", "my",
    "need", "needed", "needs", "never", "no", "none", "not", "nothing", "only", "our", "perhaps", "pretty",
    "prevents", "probably", "proposed", "proposes", "provides", "quite", "reads", "really", "reduces", "relies",
    "required", "requires", "runs", "said", "saves", "says", "seems", "sends", "shall", "she", "should", "showed",
    "shown", "shows", "since", "so", "some", "still", "stores", "supported", "supports", "takes", "tbd", "than",
    "that", "that's", "their", "them", "then", "there", "there's", "therefore", "these", "they", "this", "those",
    "thus", "todo", "too", "took", "tried", "tries", "unless", "us", "used", "uses", "very", "w/", "w/o", "wants",
    "was", "wasn't", "we", "we're", "went", "were", "what", "when", "where", "whereas", "whether", "which", "while",
    "who", "whose", "why", "will", "won't", "worked", "works", "would", "writes", "yet", "you", "your"};

/* A note begins with these, a title hardly ever does. */
static const char *const opening_words[] = {
    "actually", "add", "added", "also", "ask", "basically", "because", "book", "build", "builds", "but", "buy",
    "by", "call", "cf", "changed", "check", "compare", "compared", "compatible", "dear", "e.g", "eg", "email",
    "essentially", "extends", "finally", "finish", "fix", "fixed", "fixme", "friday", "funded", "further",
    "furthermore", "he", "hello", "hence", "here", "hey", "hi", "however", "i", "i.e", "ie", "if", "in-person",
    "it", "its", "just", "lastly", "looks", "mail", "maybe", "monday", "moreover", "my", "nb", "no", "note", "only",
    "our", "overall", "pay", "perhaps", "prepare", "probably", "regards", "remember", "removed", "renew", "reread",
    "saturday", "schedule", "secondly", "see", "seems", "send", "she", "similar", "so", "sounds", "sunday", "talk",
    "tbd", "thank", "thanks", "their", "then", "there", "these", "they", "this", "those", "thursday", "thus",
    "today", "todo", "tomorrow", "try", "tuesday", "unlike", "use", "used", "uses", "vs", "we", "wednesday", "when",
    "yes", "yesterday", "you", "your"};

/* Headings and labels of the parts of a note, as in "motivation:", "Key idea:", "Evaluation 1. ...". */
static const char *const part_words[] = {
    "a", "abstract", "acknowledgements", "acknowledgments", "advantage", "advantages", "algorithm", "analysis",
    "answer", "answers", "api", "appendix", "approach", "approaches", "architecture", "assumption", "assumptions",
    "author", "authors", "background", "bad", "baseline", "baselines", "benchmarks", "benefit", "benefits", "bonus",
    "bottleneck", "bottlenecks", "bug", "bugs", "caution", "caveat", "caveats", "challenge", "challenges", "claim",
    "claims", "code", "comment", "comments", "con", "conclusion", "conclusions", "conjecture", "cons", "context",
    "contribution", "contributions", "cost", "costs", "criticism", "critique", "critiques", "dataset", "datasets",
    "date", "definition", "definitions", "deployment", "design", "designs", "detail", "details", "disadvantage",
    "disadvantages", "discussion", "drawback", "drawbacks", "eval", "evaluation", "evaluations", "example",
    "examples", "execution", "experiment", "experimental", "experiments", "figure", "figures", "finding",
    "findings", "fix", "fixes", "follow-up", "follow-ups", "followup", "gap", "gaps", "gist", "goal", "goals",
    "good", "how", "hypotheses", "hypothesis", "idea", "ideas", "impl", "implementation", "implementations",
    "important", "improvement", "improvements", "input", "inputs", "insight", "insights", "interface", "intro",
    "introduction", "intuition", "issue", "issues", "key", "keyword", "keywords", "lemma", "lesson", "lessons",
    "limitation", "limitations", "link", "links", "main", "mechanism", "mechanisms", "meh", "method", "methodology",
    "methods", "metric", "metrics", "mine", "misc", "motivation", "motivations", "next", "nice", "note", "notes",
    "novelty", "observation", "observations", "opinion", "opinions", "others", "ours", "output", "outputs",
    "overhead", "overheads", "overview", "paper", "pdf", "pipeline", "point", "points", "presenter", "pro",
    "problem", "problems", "proof", "proofs", "pros", "protocol", "prototype", "q", "q&a", "qa", "question",
    "questions", "rating", "reader", "reason", "reasons", "reference", "references", "relevance", "remark",
    "remarks", "result", "results", "review", "scope", "score", "section", "session", "setup", "slides", "solution",
    "solutions", "sota", "speaker", "stage", "stages", "status", "step", "steps", "strength", "strengths",
    "summaries", "summary", "table", "tables", "tag", "tags", "take-away", "take-aways", "takeaway", "takeaway(s)",
    "takeaways", "talk", "technique", "techniques", "testbed", "theirs", "theorem", "thought", "thoughts",
    "threats", "tip", "title", "tl;dr", "tldr", "todo", "todos", "trade-off", "trade-offs", "tradeoff", "tradeoffs",
    "url", "usage", "venue", "video", "warning", "weakness", "weaknesses", "what", "when", "where", "who", "why",
    "workload", "workloads", "year"};

/* What stands beside them in such a heading: "my thoughts", "related work". */
static const char *const words_beside_parts[] = {
    "&", "1", "2", "3", "4", "5", "about", "and", "big", "brief", "case", "core", "design", "existing", "final",
    "first", "for", "from", "further", "future", "general", "high-level", "initial", "key", "main", "more", "my",
    "of", "on", "one", "open", "other", "others", "our", "overall", "personal", "possible", "potential", "previous",
    "prior", "quick", "real-world", "related", "research", "results", "second", "short", "some", "studies", "study",
    "the", "their", "third", "to", "work", "works"};

/* The stuff that titles of papers are made of, common in titles of computer science and rare elsewhere. */
static const char *const research_words[] = {
    "abstraction", "abstractions", "accelerated", "accelerating", "acceleration", "accelerator", "accelerators",
    "adaptive", "adversarial", "aerial", "agent", "agents", "algorithm", "algorithms", "allocation", "analysis",
    "analyzing", "api", "application", "applications", "approach", "approximation", "architecture", "architectures",
    "aslr", "asynchronous", "attacks", "attention", "auto-tuning", "automated", "automatic", "automating",
    "autonomous", "availability", "bandit", "bandits", "bandwidth", "batching", "bayesian", "benchmark",
    "benchmarking", "benchmarks", "binary", "bounds", "bug", "bugs", "byzantine", "cache", "caches", "caching",
    "calculus", "calibration", "capability", "causal", "cellular", "characterization", "characterizing", "checker",
    "checkers", "checking", "checkpoint", "checkpointing", "classification", "client", "cloud", "cluster",
    "clustering", "clusters", "coding", "coherence", "coherent", "commodity", "communication", "compilation",
    "compile", "compiler", "compilers", "compiling", "compositional", "compression", "computation", "computational",
    "computing", "concurrency", "concurrent", "confidential", "congestion", "consensus", "consistency",
    "consistent", "constraint", "constraints", "container", "containers", "context", "contextual", "control",
    "controller", "convex", "convolutional", "coordination", "core", "cores", "cost-based", "cpu", "cpus", "crash",
    "cryptographic", "data", "database", "databases", "datacenter", "datacenters", "dataflow", "dataset",
    "datasets", "deadlock", "debugging", "decentralized", "decoding", "deep", "dependencies", "design-space",
    "detecting", "detection", "differential", "diffusion", "disaggregated", "disaggregation", "disk", "distributed",
    "distribution", "driven", "driver", "drivers", "dynamic", "dynamics", "edge", "efficiency", "efficient",
    "efficiently", "elastic", "embedding", "embeddings", "empirical", "enclave", "enclaves", "encoding",
    "encrypted", "encryption", "end-to-end", "engine", "estimation", "evaluating", "evaluation", "exact",
    "exploiting", "exploration", "extensible", "failure", "failures", "fairness", "fault", "fault-tolerant",
    "faults", "feature", "features", "federated", "feedback", "file", "filesystem", "filter", "filtering",
    "firewall", "flash", "flow", "formal", "framework", "functional", "fuzz", "fuzzing", "gaussian", "gaze",
    "generation", "generative", "generators", "geometric", "gpu", "gpus", "gradient", "graph", "graphs", "greybox",
    "hardware", "harness", "heap", "heterogeneous", "hierarchical", "high-performance", "high-throughput", "hybrid",
    "hypervisor", "image", "images", "in-memory", "index", "indexes", "indexing", "inference", "information",
    "infrastructure", "integrity", "interaction", "interactive", "interface", "interfaces", "interference",
    "interpreter", "invariants", "isolation", "jit", "join", "kernel", "kernels", "key-value", "kubernetes",
    "language", "languages", "latency", "latency-sensitive", "latent", "layer", "leakage", "learned", "learning",
    "library", "linearizability", "linux", "llm", "llms", "load", "local", "locality", "localization", "lock",
    "lock-free", "locks", "log", "logic", "logs", "machine", "machines", "management", "manipulation", "markov",
    "matching", "measurement", "measurements", "measuring", "mechanism", "memory", "message", "metadata", "method",
    "methods", "microkernel", "microsecond", "microservice", "microservices", "middleware", "migration",
    "misbehavior", "mitigating", "ml", "mobile", "model", "modeling", "models", "modular", "monitor", "monitoring",
    "motion", "multi-agent", "multi-core", "multi-tenant", "multicore", "multimodal", "multiprocessor",
    "navigation", "network", "networked", "networking", "networks", "neural", "nic", "nvm", "object", "objects",
    "offloading", "online", "operating", "operator", "operators", "optimal", "optimistic", "optimization",
    "optimizations", "optimizer", "optimizing", "oracle", "orchestration", "os", "outages", "overload", "packet",
    "packets", "page", "paging", "parallel", "parallelism", "partial", "partitioning", "paxos", "performance",
    "persistence", "persistent", "pipeline", "planning", "platform", "platforms", "pointer", "policies", "policy",
    "pooling", "power-aware", "predicting", "prediction", "predictive", "preemption", "preemptive", "prefetching",
    "primitives", "privacy", "private", "probabilistic", "process", "processes", "processing", "processor",
    "processors", "profiling", "program", "programmable", "programmer", "programmers", "programming", "programs",
    "proof", "protecting", "protocol", "protocols", "provable", "provenance", "proving", "provisioning", "proximal",
    "quantization", "quantum", "queries", "query", "queue", "queues", "random", "ranking", "rdma", "real-time",
    "reasoning", "recognition", "recommendation", "reconfiguration", "reconstruction", "recovery", "recurrent",
    "recursive", "reduction", "refinement", "regression", "reinforcement", "reliability", "reliable", "remote",
    "rendering", "replicated", "replication", "representation", "representations", "resilience", "resilient",
    "resource", "resources", "retrieval", "robot", "robotic", "robots", "robust", "robustness", "routing",
    "runtime", "runtimes", "rust", "safe", "safety", "sampling", "sandbox", "sandboxing", "scalability", "scalable",
    "scale", "scaling", "scheduler", "schedulers", "scheduling", "scheme", "schemes", "search", "secure",
    "securing", "security", "segmentation", "self-supervised", "semantic", "semantics", "semi-supervised",
    "sensing", "sensor", "sensors", "serializability", "server", "serverless", "servers", "service", "services",
    "serving", "sgx", "sharding", "shared", "side-channel", "simulating", "simulation", "simulator", "smart",
    "smartnic", "smartnics", "software", "sparse", "spatial", "speculation", "speculative", "ssd", "ssds",
    "stateful", "static", "statistical", "stochastic", "storage", "stream", "streaming", "streams", "structure",
    "structured", "supervised", "switch", "symbolic", "synchronization", "synthesis", "synthesizing", "system",
    "systems", "tail", "task", "tasks", "tensor", "testing", "text", "theory", "thread", "threads", "throughput",
    "tier", "tiered", "timing", "tolerance", "topology", "trace", "tracing", "tracking", "traffic", "training",
    "trajectory", "transaction", "transactional", "transactions", "transfer", "transformer", "transformers",
    "transient", "translation", "tree", "trees", "trusted", "tuning", "type", "typed", "types", "uncertainty",
    "understanding", "unified", "unikernel", "unikernels", "unsupervised", "update", "user-level", "user-space",
    "userspace", "variational", "vehicle", "verification", "verified", "verifying", "video", "virtual",
    "virtualization", "virtualized", "vision", "visual", "vm", "vms", "vulnerabilities", "vulnerability", "web",
    "webassembly", "wireless", "workflows", "workload", "workloads", "write", "zero-shot"};

/* Signs of writing about something else than papers. */
static const char *const other_words[] = {
    "absent", "adjourned", "agenda", "apologies", "appetizers", "appointment", "attendees", "bcc", "birthday",
    "breakfast", "cc", "changelog", "contributing", "copyright", "dear", "dentist", "dinner", "groceries",
    "grocery", "holiday", "homework", "ingredients", "install", "installation", "invoice", "landlord", "laundry",
    "license", "lunch", "minutes", "playlist", "prerequisites", "recipe", "regards", "serves", "shopping",
    "sincerely", "subject", "tablespoon", "teaspoon", "usage", "vacation"};

/* What may stand beside a venue and a year without saying anything else: "Proc. of the 28th ... (best paper)". */
static const char *const venue_fillers[] = {
    "&", "acceptance", "accepted", "acm", "and", "annual", "appear", "appeared", "artifact", "at", "award", "badge",
    "best", "conf", "conference", "cycle", "day", "demo", "distinguished", "edition", "endowment", "fall", "for",
    "from", "full", "honorable", "ieee", "in", "industry", "int'l", "international", "intl", "invited", "keynote",
    "list", "long", "main", "mention", "my", "no", "note", "notes", "of", "on", "oral", "outstanding", "paper",
    "papers", "pick", "picks", "poster", "posters", "pp", "proc", "proceedings", "program", "reading", "readings",
    "research", "round", "runner-up", "seen", "session", "short", "spotlight", "spring", "summer", "symp",
    "symposium", "talk", "talks", "the", "to", "track", "trans", "tutorial", "tutorials", "usenix", "venue", "vol",
    "winter", "workshop", "workshops", "year"};

/* clang-format on */

static const struct {
    const char *const *words; /* sorted as strcmp sorts */
    size_t count;
    unsigned class;
} lists[] = {
#define LIST(words, class)                           \
    {                                                \
        words, sizeof words / sizeof words[0], class \
    }
    LIST(function_words, WORD_FUNCTION), LIST(sentence_words, WORD_SENTENCE),   LIST(opening_words, WORD_OPENER),
    LIST(part_words, WORD_PART),         LIST(words_beside_parts, WORD_BESIDE), LIST(research_words, WORD_RESEARCH),
    LIST(other_words, WORD_OTHER),       LIST(venue_fillers, WORD_FILLER),
#undef LIST
};

enum { LONGEST_LISTED = 24 };

static int compare_words(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

/* Copies `text` in lower case with straight apostrophes; false when it is too long to be in a list. */
static bool fold_word(struct span text, char folded[LONGEST_LISTED + 1])
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (len == LONGEST_LISTED)
            return false;
        if (span_starts(span_from(text, i), "\u2019")) {
            folded[len++] = '\'';
            i += 2;
        } else {
            const char c = text.at[i];
            folded[len++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
    }
    folded[len] = '\0';
    return len > 0;
}

unsigned word_classes(struct span text)
{
    char folded[LONGEST_LISTED + 1];
    unsigned classes = 0;
    if (!fold_word(text, folded))
        return 0;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (bsearch(folded, lists[i].words, lists[i].count, sizeof(char *), compare_words) != NULL)
            classes |= lists[i].class;
    return classes;
}

/* How the page of a keyword report looks: the text of cli/report.css, built in. */
#ifndef CLI_REPORT_STYLE_H
#define CLI_REPORT_STYLE_H

extern const char report_css[];

#endif

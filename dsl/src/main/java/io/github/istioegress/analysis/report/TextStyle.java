package io.github.istioegress.analysis.report;

import io.github.istioegress.finding.Severity;

/** How parts of the text stand out, where that can be seen. */
public interface TextStyle {

  /** Nothing stands out. */
  TextStyle PLAIN =
      new TextStyle() {
        @Override
        public String graveAs(Severity severity, String text) {
          return text;
        }

        @Override
        public String strong(String text) {
          return text;
        }
      };

  /** A text as grave as the severity. */
  String graveAs(Severity severity, String text);

  /** A text that leads the eye. */
  String strong(String text);
}

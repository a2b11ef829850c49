package io.github.istioegress.maven.report;

import io.github.istioegress.analysis.report.TextStyle;
import io.github.istioegress.finding.Severity;
import org.apache.maven.shared.utils.logging.MessageUtils;

/** Findings in the colours that Maven gives to errors, warnings and what is strong. */
public final class MessageStyle implements TextStyle {

  /** Maven decides whether there are colours at all, {@code -Dstyle.color=never}. */
  public MessageStyle() {}

  @Override
  public String graveAs(Severity severity, String text) {
    return switch (severity) {
      case ERROR -> MessageUtils.buffer().failure(text).build();
      case WARNING -> MessageUtils.buffer().warning(text).build();
      case INFO -> MessageUtils.buffer().success(text).build();
    };
  }

  @Override
  public String strong(String text) {
    return MessageUtils.buffer().strong(text).build();
  }
}

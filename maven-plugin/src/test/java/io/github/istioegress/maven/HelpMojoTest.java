package io.github.istioegress.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HelpMojoTest {

  @Test
  void everyGoalHasASentenceAndAnExample() throws IOException {
    List<String> goals = all("<goal>(.*?)</goal>", descriptor());

    assertThat(goals).isNotEmpty();
    assertThat(all("(?m)^([a-z-]+): .*\n  mvn ", HelpMojo.TEXT))
        .containsExactlyInAnyOrderElementsOf(goals);
  }

  @Test
  void everyGoalMayRunInParallel() throws IOException {
    assertThat(all("<threadSafe>(.*?)</threadSafe>", descriptor())).containsOnly("true");
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(HelpMojoTest::group).toList();
  }

  private static String group(MatchResult found) {
    return found.group(1);
  }

  private static String descriptor() throws IOException {
    try (InputStream descriptor =
        HelpMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      assertThat(descriptor).isNotNull();
      return new String(descriptor.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package io.github.istioegress.trace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {

  private final List<String> worked = new ArrayList<>();

  private String work(String key) {
    worked.add(key);
    return key;
  }

  private List<String> asked(long most, String... keys) {
    Recent<String, String> recent = new Recent<>(most, String::length);
    for (String key : keys) {
      assertThat(recent.get(key, this::work)).isEqualTo(key);
    }
    return worked;
  }

  @Test
  void whatIsKeptIsWorkedOutOnce() {
    assertThat(asked(10, "a", "b", "a", "b")).containsExactly("a", "b");
  }

  @Test
  void whatWasNotAskedForTheLongestTimeGoesFirst() {
    assertThat(asked(2, "a", "b", "a", "c", "a", "b")).containsExactly("a", "b", "c", "b");
  }

  @Test
  void whatIsTooHeavyIsKeptUntilTheNext() {
    assertThat(asked(2, "heavy", "heavy", "a", "heavy")).containsExactly("heavy", "a", "heavy");
  }
}

package io.github.istioegress.trace.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of clusters. */
final class ClusterNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"outbound|80|cnn|edition.cnn.com", "outbound|443||*.example.org", "outbound|1||a"})
  void readAndWrittenItIsTheSame(String name) {
    assertThat(ClusterName.parse(name)).map(ClusterName::toString).contains(name);
  }

  @Test
  void itsParts() {
    assertThat(ClusterName.parse("outbound|80|cnn|edition.cnn.com"))
        .contains(new ClusterName(80, "cnn", "edition.cnn.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PassthroughCluster",
        "BlackHoleCluster",
        "inbound|80||",
        "outbound|80|edition.cnn.com",
        "outbound|80|||a",
        "UnknownService",
        ""
      })
  void othersAreOfNoService(String name) {
    assertThat(ClusterName.parse(name)).isEmpty();
  }

  @Test
  void itsDefaultSni() {
    assertThat(new ClusterName(443, "cnn", "edition.cnn.com").defaultSni())
        .isEqualTo("outbound_.443_.cnn_.edition.cnn.com");
  }
}

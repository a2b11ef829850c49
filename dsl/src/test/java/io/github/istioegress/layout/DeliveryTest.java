package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTest {

  private static final String URL = "https://git.acme.example/egress.git";

  @ParameterizedTest
  @CsvSource({
    "argo-cd, '', main, m, istio-egress.gitRepository",
    "argo-cd, x, '', m, istio-egress.gitBranch",
    "flux, x, main, '', istio-egress.gitFolder",
    "flux, '', '', '', istio-egress.gitRepository"
  })
  void whatIsDeliveredFromGitHasToKnowWhere(
      String layout, String repository, String branch, String folder, String property) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutputLayouts.named(layout, new Delivery(repository, branch, folder)))
        .withMessageContaining("layout '" + layout + "'")
        .withMessageContaining("set " + property + " to ");
  }

  @ParameterizedTest
  @CsvSource({
    "'{{ .x }}', main, m, is '{{ .x }}': no URL",
    "'https://git acme', main, m, no URL",
    "'-u', main, m, no URL",
    "'https://git.acme.example/x', 'a b', m, istio-egress.gitBranch is 'a b': no branch",
    "'https://git.acme.example/x', '--f', m, no branch",
    "'https://git.acme.example/x', main, /m, istio-egress.gitFolder is '/m'",
    "'https://git.acme.example/x', main, m/../.., no folder below"
  })
  void whatWouldBreakTheFilesIsRefused(
      String repository, String branch, String folder, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Delivery(repository, branch, folder))
        .withMessageContaining(message);
  }

  @Test
  void aPasswordIsNotWrittenAndNotEvenTold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Delivery("https://me:secret@git.acme.example/x", "main", "."))
        .withMessageContaining("with a password")
        .withMessageNotContaining("secret");
    assertThat(new Delivery("ssh://git@git.acme.example:22/x.git", "main", "."))
        .extracting(Delivery::repository)
        .isEqualTo("ssh://git@git.acme.example:22/x.git");
    assertThat(new Delivery("git@git.acme.example:x.git", "release/1", "a/b").pathOf("cnn"))
        .isEqualTo("a/b/cnn");
    assertThat(new Delivery(URL, "main", ".").pathOf("cnn")).isEqualTo("cnn");
  }
}

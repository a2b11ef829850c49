package io.github.istioegress.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls by their URL. */
final class CallTest {

  private static final Caller APP = Caller.in("app");

  @ParameterizedTest
  @CsvSource({
    "http://edition.cnn.com/politics, http://edition.cnn.com:80/politics",
    "http://edition.cnn.com, http://edition.cnn.com:80",
    "https://edition.cnn.com/a?b=c, https://edition.cnn.com:443/a?b=c",
    "https://edition.cnn.com:8443, https://edition.cnn.com:8443",
    "tls://db.example.org:5432, tls://db.example.org:5432",
    "tcp://10.1.2.3:5432, tcp://10.1.2.3:5432",
    "http://[2001:db8::1]:8080/, http://[2001:db8::1]:8080/",
    "' http://edition.cnn.com ', http://edition.cnn.com:80"
  })
  void everySchemeIsUnderstood(String url, String full) {
    assertThat(Call.to(APP, url).url()).isEqualTo(full);
    assertThat(Call.to(APP, url).name()).isEqualTo(url.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "edition.cnn.com",
        "ftp://edition.cnn.com",
        "HTTP://edition.cnn.com",
        "http://",
        "http:///politics",
        "http://edition.cnn.com:",
        "http://edition.cnn.com:eighty",
        "http://edition.cnn.com:-1",
        "http://edition cnn.com",
        "http://edition.cnn.com/a b",
        "http://2001:db8::1/"
      })
  void anotherFormIsRefused(String url) {
    assertThatThrownBy(() -> Call.to(APP, url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "call '"
                + url
                + "' is not of the form http://host[:port][/path], https://host[:port][/path],"
                + " tls://host:port or tcp://host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999", "123456789012"})
  void aPortOutOfRangeIsRefused(String port) {
    assertThatThrownBy(() -> Call.to(APP, "http://edition.cnn.com:" + port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "call 'http://edition.cnn.com:%s' has port %s, which is out of range: use 1 to 65535"
                .formatted(port, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "tcp"})
  void aSchemeWithoutAUsualPortNeedsOne(String scheme) {
    assertThatThrownBy(() -> Call.to(APP, scheme + "://db.example.org"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "call '%s://db.example.org' names no port: write %s://host:port"
                .formatted(scheme, scheme));
  }

  @Test
  void theHostHeaderBearsAnUnusualPort() {
    assertThat(Call.to(APP, "http://edition.cnn.com").hostHeader()).isEqualTo("edition.cnn.com");
    assertThat(Call.to(APP, "http://edition.cnn.com:8080").hostHeader())
        .isEqualTo("edition.cnn.com:8080");
    assertThat(Call.to(APP, "https://edition.cnn.com").hostHeader()).isEqualTo("edition.cnn.com");
  }

  @Test
  void aHostHeaderOfItsOwnGoesFirst() {
    Call call =
        Call.to(APP, "http://edition.cnn.com").with("", "", "", Map.of("Host", "other.example"));
    assertThat(call.hostHeader()).isEqualTo("other.example");
    assertThat(call.headers()).containsOnlyKeys("host");
  }

  @Test
  void whatAFileAdds() {
    Call call =
        Call.to(APP, "https://edition.cnn.com")
            .with("politics", "192.0.2.10", "other.example", Map.of());
    assertThat(call.name()).isEqualTo("politics");
    assertThat(call.address()).isEqualTo("192.0.2.10");
    assertThat(call.sni()).isEqualTo("other.example");
    assertThat(call.url()).isEqualTo("https://edition.cnn.com:443");
  }
}

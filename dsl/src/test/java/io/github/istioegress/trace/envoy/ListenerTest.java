package io.github.istioegress.trace.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.trace.envoy.Connection.Speech;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of a filter chain: address, then server name, then what is spoken. */
final class ListenerTest {

  private static final FilterChain REST = chain("rest", List.of(), List.of());

  private static FilterChain chain(String name, List<String> serverNames, List<String> cidrs) {
    return FilterChain.bytes(
        serverNames, cidrs, List.of(new WeightedCluster(name, 100)), List.of());
  }

  private static FilterChain sni(String... names) {
    return chain(String.join("+", names), List.of(names), List.of());
  }

  private static FilterChain range(String... cidrs) {
    return chain(String.join("+", cidrs), List.of(), List.of(cidrs));
  }

  private static Listener listener(FilterChain... chains) {
    return new Listener("0.0.0.0_443", Arrays.asList(chains), Optional.of(REST));
  }

  private static String chosen(Listener listener, Speech speech, String address, String sni) {
    return listener
        .choose(new Connection(address, 443, speech, sni))
        .map(c -> c.routeConfig().orElseGet(() -> c.clusters().get(0).cluster()))
        .orElse("closed");
  }

  @ParameterizedTest
  @CsvSource({
    "a.example.org, a.example.org",
    "A.Example.Org, a.example.org",
    "b.example.org, *.example.org",
    "x.b.example.org, *.b.example.org",
    "y.x.b.example.org, *.b.example.org",
    "example.org, rest",
    "other.example, rest",
    "'', rest"
  })
  void theExactNameGoesBeforeTheLongestWildcard(String sni, String expected) {
    Listener listener =
        listener(sni("*.example.org"), sni("a.example.org"), sni("*.b.example.org"));
    assertThat(chosen(listener, Speech.TLS, "192.0.2.1", sni)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3",
    "10.1.2.4, 10.1.2.0/24",
    "10.1.9.9, 10.1.0.0/16",
    "10.2.0.1, rest"
  })
  void theNarrowestRangeWins(String address, String expected) {
    Listener listener = listener(range("10.1.0.0/16"), range("10.1.2.0/24"), range("10.1.2.3"));
    assertThat(chosen(listener, Speech.BYTES, address, "")).isEqualTo(expected);
  }

  @Test
  void theRangeIsJudgedBeforeTheNameAndNotTakenBack() {
    Listener listener =
        listener(
            sni("a.example.org"), chain("range", List.of("b.example.org"), List.of("10.0.0.0/8")));
    assertThat(chosen(listener, Speech.TLS, "10.1.1.1", "b.example.org")).isEqualTo("range");
    // In the range only the range's own names count.
    assertThat(chosen(listener, Speech.TLS, "10.1.1.1", "a.example.org")).isEqualTo("rest");
    assertThat(chosen(listener, Speech.TLS, "192.0.2.1", "a.example.org"))
        .isEqualTo("a.example.org");
  }

  @Test
  void allAddressesAreNoRange() {
    Listener listener = listener(chain("all", List.of("a.example.org"), List.of("0.0.0.0")));
    assertThat(chosen(listener, Speech.TLS, "192.0.2.1", "a.example.org")).isEqualTo("all");
  }

  @Test
  void aChainForPlainHttpTakesHttpOnly() {
    Listener listener = listener(FilterChain.http("80", true, List.of()));
    assertThat(chosen(listener, Speech.HTTP, "192.0.2.1", "")).isEqualTo("80");
    assertThat(chosen(listener, Speech.BYTES, "192.0.2.1", "")).isEqualTo("rest");
    assertThat(chosen(listener, Speech.TLS, "192.0.2.1", "a.example.org")).isEqualTo("rest");
  }

  @Test
  void tlsPassesAPlainHttpChainByWhereNamesAreSeen() {
    Listener listener =
        listener(
            FilterChain.http("443", true, List.of()), sni("a.example.org"), range("10.0.0.0/8"));
    assertThat(chosen(listener, Speech.TLS, "192.0.2.1", "a.example.org"))
        .isEqualTo("a.example.org");
    assertThat(chosen(listener, Speech.TLS, "192.0.2.1", "b.example.org")).isEqualTo("rest");
    assertThat(chosen(listener, Speech.HTTP, "192.0.2.1", "")).isEqualTo("443");
  }

  @Test
  void withoutAFallbackItCloses() {
    Listener listener =
        new Listener("0.0.0.0_8443", List.of(sni("a.example.org")), Optional.empty());
    assertThat(chosen(listener, Speech.TLS, "192.0.2.1", "b.example.org")).isEqualTo("closed");
    assertThat(chosen(listener, Speech.HTTP, "192.0.2.1", "")).isEqualTo("closed");
  }

  @Test
  void aStarTakesEveryName() {
    Listener listener = new Listener("0.0.0.0_8443", List.of(sni("*")), Optional.empty());
    assertThat(chosen(listener, Speech.TLS, "192.0.2.1", "b.example.org")).isEqualTo("*");
  }

  @Test
  void chainsOfOneMatchAreTheSame() {
    assertThat(sni("a", "b").sameMatch(sni("b", "a"))).isTrue();
    assertThat(sni("a").sameMatch(sni("b"))).isFalse();
    assertThat(sni("*").sameMatch(chain("any", List.of(), List.of()))).isTrue();
    assertThat(range("10.1.2.3/8").sameMatch(range("10.0.0.0/8"))).isTrue();
    assertThat(FilterChain.http("80", true, List.of()).sameMatch(REST)).isFalse();
    assertThat(FilterChain.http("80", false, List.of()).sameMatch(REST)).isTrue();
  }

  @Test
  void aChainWithoutConditionsTakesAll() {
    assertThat(REST.takesAll()).isTrue();
    assertThat(sni("*").takesAll()).isTrue();
    assertThat(sni("a.example.org").takesAll()).isFalse();
    assertThat(range("10.0.0.0/8").takesAll()).isFalse();
    assertThat(FilterChain.http("80", true, List.of()).takesAll()).isFalse();
  }
}

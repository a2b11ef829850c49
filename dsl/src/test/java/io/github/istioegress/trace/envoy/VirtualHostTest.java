package io.github.istioegress.trace.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of a virtual host by the Host header. */
final class VirtualHostTest {

  private static VirtualHost host(String name, String... domains) {
    return new VirtualHost(name, List.of(domains), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "a.example.org, exact",
    "A.EXAMPLE.org, exact",
    "a.example.org:8080, exact",
    "b.example.org, wide",
    "x.b.example.org, narrow",
    "example.org, rest",
    ".example.org, rest",
    "[2001:db8::1], six",
    "[2001:db8::1]:80, six",
    "other, rest"
  })
  void theNameThenTheLongestWildcardThenTheOneForAll(String header, String expected) {
    List<VirtualHost> hosts =
        List.of(
            host("wide", "*.example.org"),
            host("narrow", "*.b.example.org"),
            host("exact", "a.example.org", "10.1.2.3"),
            host("six", "[2001:db8::1]"),
            host("rest", "*"));
    assertThat(new VirtualHosts(hosts).choose(header)).map(VirtualHost::name).contains(expected);
  }

  @Test
  void noneWhereNoneFits() {
    assertThat(new VirtualHosts(List.of(host("exact", "a.example.org"))).choose("b.example.org"))
        .isEmpty();
  }

  @Test
  void theFirstRouteThatMatchesHolds() {
    RouteEntry first = RouteEntry.answering("first", 200, List.of());
    RouteEntry second = RouteEntry.answering("second", 404, List.of());
    VirtualHost host = new VirtualHost("h", List.of("*"), List.of(first, second));
    Request request = new Request("GET", "a.example.org", "/", java.util.Map.of());
    assertThat(host.route(request)).contains(first);
    assertThat(host("empty", "*").route(request)).isEmpty();
  }
}

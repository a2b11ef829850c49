package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatch;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchPrefix;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.trace.registry.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a route matches, of whatever kind it is. */
final class Matches {

  /** Stands for every call: no condition beside gateway and port. */
  static final String ANY = "";

  /**
   * One match.
   *
   * @param gateway the gateway, {@code namespace/name}, or {@code mesh}
   * @param port the port; 0 for any
   * @param rest the other conditions in one text; {@link #ANY} for none
   */
  record One(String gateway, int port, String rest) {}

  private Matches() {}

  /** The matches of a route, one for each gateway at which it holds. */
  static List<One> of(Leg leg) {
    List<One> all = new ArrayList<>();
    leg.http()
        .ifPresent(
            route -> {
              if (route.getMatch().isEmpty()) {
                add(all, leg, List.of(), null, ANY);
              }
              route
                  .getMatch()
                  .forEach(
                      match -> add(all, leg, match.getGateways(), match.getPort(), rest(match)));
            });
    leg.tls()
        .ifPresent(
            route ->
                route
                    .getMatch()
                    .forEach(
                        match -> add(all, leg, match.getGateways(), match.getPort(), rest(match))));
    leg.tcp()
        .ifPresent(
            route -> {
              if (route.getMatch().isEmpty()) {
                add(all, leg, List.of(), null, ANY);
              }
              route
                  .getMatch()
                  .forEach(
                      match -> add(all, leg, match.getGateways(), match.getPort(), rest(match)));
            });
    return all;
  }

  /** The ports that a route matches; 0 for any. */
  static Set<Integer> ports(Leg leg) {
    Set<Integer> ports = new LinkedHashSet<>();
    of(leg).forEach(one -> ports.add(one.port()));
    return ports;
  }

  private static void add(
      List<One> all, Leg leg, List<String> gateways, @Nullable Number port, String rest) {
    leg.gateways().stream()
        .filter(gateway -> leg.rule().binds(gateways, gateway))
        .forEach(gateway -> all.add(new One(gateway, Metadata.number(port), rest)));
  }

  private static String rest(HTTPMatchRequest match) {
    HTTPMatchRequest same = new HTTPMatchRequest();
    same.setAuthority(match.getAuthority());
    same.setHeaders(match.getHeaders());
    same.setIgnoreUriCase(match.getIgnoreUriCase());
    same.setMethod(match.getMethod());
    same.setQueryParams(match.getQueryParams());
    same.setScheme(match.getScheme());
    same.setSourceLabels(match.getSourceLabels());
    same.setSourceNamespace(match.getSourceNamespace());
    same.setUri(isEvery(match.getUri()) ? null : match.getUri());
    same.setWithoutHeaders(match.getWithoutHeaders());
    return same.equals(new HTTPMatchRequest()) ? ANY : same.toString();
  }

  private static boolean isEvery(@Nullable StringMatch uri) {
    return uri != null
        && uri.getMatchType() instanceof StringMatchPrefix prefix
        && "/".equals(prefix.getPrefix());
  }

  private static String rest(TLSMatchAttributes match) {
    return "%s %s %s %s"
        .formatted(
            match.getSniHosts(),
            match.getDestinationSubnets(),
            match.getSourceLabels(),
            Objects.requireNonNullElse(match.getSourceNamespace(), ""));
  }

  private static String rest(L4MatchAttributes match) {
    L4MatchAttributes same = new L4MatchAttributes();
    same.setDestinationSubnets(match.getDestinationSubnets());
    same.setSourceLabels(match.getSourceLabels());
    same.setSourceNamespace(match.getSourceNamespace());
    same.setSourceSubnet(match.getSourceSubnet());
    return same.equals(new L4MatchAttributes()) ? ANY : same.toString();
  }
}

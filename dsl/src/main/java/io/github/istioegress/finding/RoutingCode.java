package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;
import static io.github.istioegress.finding.CatalogueEntry.info;
import static io.github.istioegress.finding.CatalogueEntry.warning;

/** 3xx: routes that lead nowhere, or elsewhere than they say. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum RoutingCode implements FindingCode {
  /** A route that holds at a gateway sends to the gateway itself. */
  GATEWAY_SENDS_TO_ITSELF(
      error(
          "EGR301",
          "gateway sends to itself",
          "%s sends calls to %s, and the route holds at that gateway too: %s goes from the gateway"
              + " to itself for ever",
          "%4$s")),

  /** Only a gateway has a route for a host. */
  NO_WAY_TO_GATEWAY(
      error(
          "EGR302",
          "no route leads to the gateway",
          "%s has a route at %s for %s, but no route leads the calls of %s there: port %s leaves"
              + " straight from the sidecar",
          "Bind a route for %3$s to mesh that sends to the gateway's Service, and let %4$s see it")),

  /** A gateway has no addresses for a host. */
  NO_ADDRESS_AT_GATEWAY(
      error(
          "EGR303",
          "the gateway has no address for the host",
          "%s declares %s with resolution %s: a gateway knows no address that somebody dialled, so"
              + " calls through it end with 503 UH, or are closed",
          "Declare its hosts by name with resolution DNS, or send them straight from the sidecar")),

  /** An earlier route takes the calls of a later one elsewhere. */
  TAKEN_ELSEWHERE(
      error(
              "EGR304",
              "an earlier route takes the calls elsewhere",
              "%s sends calls to %s, but %s takes all of them first, to %s",
              "Put the narrower route first, or name in each match the gateways it is for")
          .like("IST0130")),

  /** A route of the mesh claims a host and leaves a port of it out. */
  PORT_NOT_MATCHED(
      error(
          "EGR305",
          "no route matches a declared port",
          "%s routes %s in sidecars, but no route of it matches port %s, which speaks %s: its calls"
              + " %s",
          "Match port %3$s in a route for %4$s, or leave the port out of the match")),

  /** No server of a Gateway has the host of a route that is bound to it. */
  HOST_NOT_AT_GATEWAY(
      error(
              "EGR306",
              "no server of the Gateway has the host",
              "%s is bound to %s for %s, %s: calls that come to the gateway end with 404, or are"
                  + " refused",
              "%5$s")
          .like("IST0132")),

  /** A Gateway has the host for another namespace only. */
  HOST_OF_OTHER_NAMESPACE(
      error(
              "EGR307",
              "the Gateway has the host for another namespace",
              "%s is bound to %s for %s, which the Gateway has for namespace %s alone: its routes are"
                  + " not applied there",
              "Write %5$s/%3$s in the Gateway's hosts, or move the VirtualService to namespace %4$s")
          .like("IST0132")),

  /** A gateway does not see the routes that are bound to it. */
  HIDDEN_FROM_GATEWAY(
      error(
          "EGR308",
          "VirtualService that the gateway does not see",
          "%s is bound to %s, whose pods are in namespace %s, and exported to %s only: the gateway"
              + " has no route and answers 404, or refuses",
          "Add %3$s to exportTo")),

  /** A gateway does not see the host that it is to reach. */
  ENTRY_HIDDEN_FROM_GATEWAY(
      error(
          "EGR309",
          "ServiceEntry that the gateway does not see",
          "%s declares %s for %s only, and %s, where %s sends on to it, does not see it: it has no"
              + " cluster for the host and answers 503",
          "Add %6$s to exportTo")),

  /** Two VirtualServices claim one host in the same sidecars. */
  HOST_CLAIMED_TWICE(
      error(
              "EGR310",
              "two VirtualServices for one host in the mesh",
              "%s claims %s in the sidecars of %s, and so does %s, which holds there: Istio does not"
                  + " merge them, and routes of the first are never asked",
              "Keep the routes of the host in one VirtualService, or export each to namespaces of its"
                  + " own")
          .like("IST0109", "KIA1106")),

  /** A sidecar does not know the gateway's Service. */
  GATEWAY_NOT_IMPORTED(
      error(
          "EGR311",
          "sidecars that do not know the gateway's Service",
          "%s sends calls of %s to %s, which they do not see: they have no cluster for it and answer"
              + " 503",
          "Let %4$s see the Service: %5$s")),

  /** A Sidecar imports a host or its route, and not both. */
  IMPORTED_IN_PART(
      warning(
          "EGR312",
          "Sidecar without the host or its route",
          "%s does not import %s, which is exported to %s: calls to %s %s",
          "Add %6$s to its egress hosts")),

  /** A destination says no port where it has to. */
  DESTINATION_WITHOUT_PORT(
      error(
              "EGR313",
              "destination without a port",
              "%s sends calls to %s without a port, which has ports %s: it takes port %s, and %s",
              "Say the port of the destination")
          .like("IST0112")),

  /** A route comes after one that takes all of its calls to the same host. */
  NEVER_REACHED(
      warning(
              "EGR314",
              "route that is never reached",
              "%s has a route at %s that %s hides: it matches the same calls and comes first",
              "Take the route away, or put it first")
          .like("IST0130", "IST0131")),

  /** Weights that say something else than somebody means. */
  ODD_WEIGHTS(
      warning("EGR315", "weights that do not add up", "%s splits calls among %s: %s", "%4$s")
          .like("IST0106", "KIA1104", "KIA1105")),

  /** Tries or timeouts of the two proxies do not go together. */
  TRIES_MULTIPLY(
      warning(
          "EGR316",
          "retries or timeouts of two proxies that do not fit",
          "Calls to %s pass a sidecar and the gateway, and %s: %s",
          "%4$s")),

  /** A VirtualService names a gateway that istiod makes for itself. */
  INTERNAL_GATEWAY(
      warning(
              "EGR317",
              "bound to an internal gateway",
              "%s is bound to %s, which istiod makes for itself of a Gateway of the Gateway API: its"
                  + " name may change with any release",
              "Route with an HTTPRoute or TLSRoute that names the Gateway as its parent")
          .like("IST0165")),

  /** A gateway's route names a subset that changes nothing. */
  SUBSET_WITHOUT_EFFECT(
      warning(
              "EGR318",
              "subset without effect at the gateway",
              "%s sends calls at the gateway to subset %s of %s, which has neither labels nor a policy"
                  + " there: it is the whole host",
              "Leave the subset out, or give it the policy that is meant")
          .like("IST0140")),

  /** A gateway is named without its namespace. */
  SHORT_GATEWAY_NAME(
      info(
              "EGR319",
              "Gateway named without its namespace",
              "%s names Gateway %s without its namespace: it is that of %s, and not that of %s",
              "Write %3$s/%2$s")
          .like("KIA1108")),

  /** Two Sidecars are for the same pods. */
  SIDECARS_COMPETE(
      error("EGR320", "Sidecars for the same pods", "%s %s: %s", "%4$s")
          .like("IST0110", "IST0111", "KIA0002", "KIA0003", "KIA1006")),

  /** The route of a wildcard takes a host that has an entry of its own. */
  WILDCARD_TAKES_HOST(
      error(
          "EGR321",
          "a wildcard's route takes a declared host",
          "%s routes %s in sidecars and takes %s with it, which %s declares by itself: its calls go"
              + " on to %s, another server",
          "Give %3$s a route of its own, or narrow the wildcard"));

  private final CatalogueEntry entry;

  RoutingCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}

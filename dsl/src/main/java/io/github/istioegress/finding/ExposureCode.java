package io.github.istioegress.finding;

import static io.github.istioegress.finding.CatalogueEntry.error;
import static io.github.istioegress.finding.CatalogueEntry.warning;

/** 4xx: ways around the gateway, and doors left open. */
@SuppressWarnings("ImmutableEnumChecker") // An entry is a record of values.
public enum ExposureCode implements FindingCode {
  /** One port of a host goes through a gateway, and another does not. */
  PORT_PAST_GATEWAY(
      error(
          "EGR401",
          "a port that goes past the gateway",
          "%s declares port %s of %s, and no route leads it through the gateway as port %s is: pods"
              + " of %s leave straight from the sidecar",
          "Route port %2$s through the gateway too, or take it out of the entry: a port that the gateway"
              + " alone dials is the targetPort of another")),

  /** A namespace that is to use a gateway has a host without a route there. */
  HOST_WITHOUT_GATEWAY(
      error(
          "EGR402",
          "a host without a way through the gateway",
          "%s declares %s, and no route leads the calls of namespace %s to the gateway that it has to"
              + " use: they %s",
          "Route %2$s through the gateway, or do not export it to %3$s")),

  /** The mesh lets undeclared calls pass. */
  MESH_OPEN(
      error(
          "EGR403",
          "the mesh lets undeclared calls pass",
          "%s leaves outboundTrafficPolicy at ALLOW_ANY, and pods of %s, which are to use a gateway,"
              + " reach any host past it",
          "Set outboundTrafficPolicy.mode to REGISTRY_ONLY")),

  /** A Sidecar lets undeclared calls pass. */
  SIDECAR_OPENS(
      error(
              "EGR404",
              "a Sidecar that lets undeclared calls pass",
              "%s %s: undeclared calls of pods of %s %s",
              "Leave outboundTrafficPolicy out, or say REGISTRY_ONLY")
          .like("KIA1007")),

  /** No NetworkPolicy holds the pods of a namespace. */
  NOT_HELD(
      error(
          "EGR405",
          "a namespace that no NetworkPolicy holds",
          "%s is of namespace %s, whose pods are to use a gateway, and %s: a pod that goes around its"
              + " sidecar reaches any address",
          "Add a NetworkPolicy of type Egress with an empty podSelector to namespace %2$s")),

  /** NetworkPolicies let pods out that are to use a gateway. */
  POLICY_OPEN(
      error(
          "EGR406",
          "a NetworkPolicy that lets out",
          "%s lets pods of %s, which are to use a gateway, open connections to %s",
          "Allow the gateway's pods, DNS and istiod, and nothing else")),

  /** NetworkPolicies do not allow name look-ups. */
  NO_DNS(
      error(
          "EGR407",
          "NetworkPolicies without DNS",
          "The NetworkPolicies of %s, %s among them, allow no DNS on %s: look-ups of pods time out",
          "Allow ports 53 of UDP and TCP to the cluster's resolver")),

  /** A NetworkPolicy allows the Service's port in place of the pods'. */
  SERVICE_PORT_ALLOWED(
      error(
          "EGR408",
          "a NetworkPolicy with the port of the Service",
          "%s allows port %s, that of the Service %s, whose pods listen on %s: packets bear the pods'"
              + " port and are dropped",
          "Allow port %4$s")),

  /** A workload's calls go past its sidecar. */
  AROUND_SIDECAR(
      error(
              "EGR409",
              "a workload that goes around its sidecar",
              "%s goes around its sidecar: %s; its calls to %s leave past every gateway",
              "%4$s")
          .like("IST0107", "IST0108", "IST0125", "IST0144")),

  /** A host is the metadata service of a cloud. */
  METADATA_SERVICE(
      error(
          "EGR410",
          "the metadata service of a cloud",
          "%s declares %s, which is %s: whoever can call it may get the credentials of the node",
          "Take it away, or leave the address to the pods that need it")),

  /** Pods of a namespace have no sidecar, or two. */
  NOT_INJECTED(
      error("EGR411", "pods without a sidecar", "%s %s: %s", "%4$s")
          .like("IST0102", "IST0103", "IST0123")),

  /** A wildcard covers names of many owners. */
  WIDE_WILDCARD(
      error(
          "EGR412",
          "a wildcard over names of many owners",
          "%s declares %s, below which anybody can register a name: it opens the way to any server",
          "Declare the hosts by name, or a wildcard below a name of one owner")),

  /** UDP goes out beside the gateway. */
  QUIC_OPEN(
      warning(
          "EGR413",
          "UDP goes out beside the gateway",
          "%s lets pods of %s send UDP to port %s of %s: QUIC goes past sidecar and gateway",
          "Take UDP out of the rule; clients fall back to TCP")),

  /** NetworkPolicies cut proxies off istiod. */
  ISTIOD_CUT_OFF(
      warning(
          "EGR414",
          "sidecars cut off from istiod",
          "The NetworkPolicies of %s, %s among them, do not allow port 15012 to istiod: sidecars get"
              + " neither configuration nor certificates, and new pods do not get ready",
          "Allow TCP port 15012 to the pods of istiod")),

  /** An egress gateway can be reached from outside. */
  GATEWAY_EXPOSED(
      error(
          "EGR415",
          "an egress gateway that can be reached from outside",
          "%s is of type %s, and routes of the mesh send what leaves to it: anybody who reaches it"
              + " uses it as a proxy",
          "Make it ClusterIP, and give what comes in a gateway of its own")),

  /** Tenants share the namespace of a gateway. */
  GATEWAY_AMONG_WORKLOADS(
      warning(
          "EGR416",
          "an egress gateway among workloads",
          "%s runs in namespace %s beside %s: who may make pods there can give them labels %s, and get"
              + " what is for the gateway, its certificates included",
          "Give the gateway a namespace of its own"));

  private final CatalogueEntry entry;

  ExposureCode(CatalogueEntry entry) {
    this.entry = entry;
  }

  @Override
  public CatalogueEntry entry() {
    return entry;
  }
}

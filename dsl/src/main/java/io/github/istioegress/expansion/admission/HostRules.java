package io.github.istioegress.expansion.admission;

import io.github.istioegress.intent.AdmissionGuard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is asked of a resource, in CEL. Whatever a field is that it should not be, is refused. */
final class HostRules {

  /**
   * What has to be true.
   *
   * @param expression in CEL
   * @param isComputed true where the message is CEL, too
   * @param message what is said where it is false
   */
  record Rule(String expression, boolean isComputed, String message) {}

  static final List<String> RESOURCES =
      List.of(
          "destinationrules",
          "envoyfilters",
          "gateways",
          "serviceentries",
          "sidecars",
          "virtualservices");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "size(variables.foreign) == 0",
              true,
              "'namespace ' + request.namespace + ' does not have the host ' +"
                  + " variables.foreign.join(', ') + ': ask for it in the tenants file'"),
          new Rule(
              "size(variables.outside) == 0 || variables.isNarrow",
              false,
              "exportTo has to be \".\", or the namespace of the gateway: what is said of a host"
                  + " outside is not for other namespaces"),
          new Rule(
              of("sidecars")
                  + " ? has(variables.spec.outboundTrafficPolicy)"
                  + " && has(variables.spec.outboundTrafficPolicy.mode)"
                  + " && variables.spec.outboundTrafficPolicy.mode == 'REGISTRY_ONLY' : true",
              false,
              "outboundTrafficPolicy.mode has to be REGISTRY_ONLY: nothing leaves but what is"
                  + " declared"),
          new Rule(
              "!(" + of("envoyfilters") + ")",
              false,
              "an EnvoyFilter can open any way out: ask for it where the fleet is said"));

  private HostRules() {}

  private static String of(String resource) {
    return "request.resource.resource == '" + resource + "'";
  }

  /** True for a request of someone who does not deploy. */
  static String isOther(AdmissionGuard guard) {
    return "!(request.userInfo.username in %s) && !(has(request.userInfo.groups) && request.userInfo.groups.exists(g, g in %s))"
        .formatted(list(guard.users()), list(guard.groups()));
  }

  /** Names for what the rules are about, each made of those before it. */
  static Map<String, String> variables(List<String> gateways) {
    String annotation = text(AdmissionGuard.HOSTS);
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("spec", "has(object.spec) ? dyn(object.spec) : dyn({})");
    variables.put(
        "owned",
        ("has(namespaceObject.metadata.annotations) && %s in namespaceObject.metadata.annotations"
                + " ? namespaceObject.metadata.annotations[%s].split(',') : []")
            .formatted(annotation, annotation));
    variables.put("below", "variables.owned.filter(o, o.startsWith('*.')).map(o, o.substring(1))");
    variables.put("gateways", list(gateways));
    // A Gateway of another namespace than ours and the gateways' is for calls that come in.
    variables.put(
        "isEgress",
        "!has(variables.spec.gateways) || size(variables.spec.gateways) == 0"
            + " || variables.spec.gateways.exists(g, g == 'mesh' || !g.contains('/')"
            + " || g.startsWith(request.namespace + '/')"
            + " || variables.gateways.exists(n, g.startsWith(n + '/')))");
    variables.put(
        "hosts",
        of("destinationrules")
            + " ? [variables.spec.host] : "
            + of("serviceentries")
            + " || ("
            + of("virtualservices")
            + " && variables.isEgress) ? (has(variables.spec.hosts) ? variables.spec.hosts : []) : []");
    // Services of the namespace itself: routes and rules for them are its own matter.
    variables.put(
        "outside",
        "variables.hosts.filter(h, "
            + of("serviceentries")
            + " || !(h.endsWith('.' + request.namespace + '.svc.cluster.local')"
            + " || !(h.contains('.') || h.contains('*'))))");
    String isOwned = "(%1$s in variables.owned || variables.below.exists(b, %1$s.endsWith(b)))";
    variables.put(
        "foreign",
        of("gateways")
            + " ? (has(variables.spec.servers) ? variables.spec.servers : [])"
            + ".filter(s, !(has(s.hosts) && s.hosts.all(h, [h.substring(h.lastIndexOf('/') + 1)].all(n, "
            + isOwned.formatted("n")
            + ")))).map(s, has(s.hosts) ? s.hosts.join(' ') : '*')"
            + " : variables.outside.filter(h, !"
            + isOwned.formatted("h")
            + ")");
    variables.put(
        "isNarrow",
        "has(variables.spec.exportTo) && size(variables.spec.exportTo) > 0"
            + " && variables.spec.exportTo.all(n, n in ['.', '~', request.namespace]"
            + " || n in variables.gateways)");
    return variables;
  }

  private static String list(List<String> texts) {
    return texts.stream().map(HostRules::text).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}

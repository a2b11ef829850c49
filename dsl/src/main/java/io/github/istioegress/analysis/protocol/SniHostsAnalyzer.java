package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.VirtualService;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.ResolvedNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** EGR216: a TLS route matches a server name that is none of the VirtualService's hosts. */
final class SniHostsAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Manifest<VirtualService> rule : context.virtualServices()) {
      List<TLSRoute> routes = rule.spec().getTls();
      Map<String, Boolean> hosts = new HashMap<>();
      if (!routes.isEmpty()) {
        rule.spec()
            .getHosts()
            .forEach(
                host -> {
                  hosts.put(host, true);
                  hosts.put(ResolvedNames.host(host, rule.namespace()), true);
                });
      }
      for (int i = 0; i < routes.size() && !hosts.isEmpty(); i++) {
        for (int j = 0; j < routes.get(i).getMatch().size(); j++) {
          TLSMatchAttributes match = routes.get(i).getMatch().get(j);
          for (int k = 0; k < match.getSniHosts().size(); k++) {
            String sni = match.getSniHosts().get(k);
            if (HostMatch.mostSpecific(sni, hosts).isEmpty()) {
              out.accept(
                  rule.finding(
                      ProtocolCode.SNI_HOST_OF_NO_HOST,
                      "spec.tls[%s].match[%s].sniHosts[%s]".formatted(i, j, k),
                      rule.key(),
                      sni,
                      String.join(", ", rule.spec().getHosts())));
            }
          }
        }
      }
    }
  }
}

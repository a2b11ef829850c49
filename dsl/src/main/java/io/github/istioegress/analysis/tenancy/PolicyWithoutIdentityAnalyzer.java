package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicy;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.TenancyCode;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** EGR507: a policy asks who calls, at a server that does not learn it. */
final class PolicyWithoutIdentityAnalyzer implements Analyzer {

  private static final Set<ServerTLSSettingsTLSmode> MUTUAL =
      Set.of(ServerTLSSettingsTLSmode.ISTIO_MUTUAL, ServerTLSSettingsTLSmode.MUTUAL);

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    PoliciesOfPod policies = PoliciesOfPod.in(context);
    Map<ResourceKey, Manifest<Gateway>> gateways = new HashMap<>();
    context.gateways().forEach(gateway -> gateways.put(gateway.key(), gateway));
    Set<List<Object>> told = new HashSet<>();
    for (Workload pod : Owners.of(context).egressGateways().keySet()) {
      List<Manifest<AuthorizationPolicy>> held = policies.of(pod);
      if (held.isEmpty() || !told.add(List.of(pod.namespace(), pod.labels()))) {
        continue;
      }
      Servers servers = new Servers();
      context.model().gatewaysOf(pod).stream()
          .flatMap(one -> Optional.ofNullable(gateways.get(one.key())).stream())
          .forEach(servers::add);
      for (Manifest<AuthorizationPolicy> policy : held) {
        for (int i = 0; i < policy.spec().getRules().size(); i++) {
          judge(policy, i, servers, pod, out);
        }
      }
    }
  }

  /** The hosts of a pod's servers, by whether the server learns who calls. */
  private static final class Servers {
    private final Map<String, ServedHost> open = new HashMap<>();
    private final Map<String, ServedHost> mutual = new HashMap<>();

    void add(Manifest<Gateway> gateway) {
      for (ServedHost host : ServedHost.all(gateway).keySet()) {
        boolean learns =
            host.server().getTls() != null && MUTUAL.contains(host.server().getTls().getMode());
        (learns ? mutual : open).putIfAbsent(host.host(), host);
      }
    }

    /** A server without mutual TLS that alone takes the hosts of a rule; empty where one has it. */
    Optional<ServedHost> deaf(Set<String> hosts) {
      if (hosts.isEmpty()) {
        return mutual.isEmpty() ? open.values().stream().findFirst() : Optional.empty();
      }
      List<ServedHost> deaf = new ArrayList<>();
      for (String host : hosts) {
        if (HostMatch.mostSpecific(host, mutual).isPresent()) {
          return Optional.empty();
        }
        HostMatch.mostSpecific(host, open).ifPresent(deaf::add);
      }
      return deaf.stream().findFirst();
    }
  }

  private static void judge(
      Manifest<AuthorizationPolicy> policy,
      int index,
      Servers servers,
      Workload pod,
      Consumer<Finding> out) {
    Rule rule = policy.spec().getRules().get(index);
    if (!PolicyRules.asksWho(rule)) {
      return;
    }
    servers
        .deaf(PolicyRules.hosts(rule))
        .ifPresent(
            server ->
                out.accept(
                    policy
                        .finding(
                            TenancyCode.NO_IDENTITY,
                            "spec.rules[" + index + "]",
                            policy.key(),
                            server.path(),
                            server.gateway().key(),
                            server.host(),
                            pod.namespace() + "/" + pod.name())
                        .related(List.of(Manifest.subject(server.gateway().key())))));
  }
}

package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.TenancyCode;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** EGR515: a tenant names a credential of another namespace, or the proxy's own certificate. */
final class ForeignCredentialAnalyzer implements Analyzer {

  private static final String KUBERNETES = "kubernetes://";

  /** Where the proxy keeps what it is known by in the mesh. */
  private static final List<String> OWN_OF_PROXY =
      List.of(
          "/var/run/secrets/workload-spiffe-credentials",
          "/var/run/secrets/kubernetes.io",
          "/var/run/secrets/tokens",
          "/var/run/secrets/istio/");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Owners owners = Owners.of(context);
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      if (!owners.isPlatform(rule.namespace())) {
        policy(rule, "spec.trafficPolicy", rule.spec().getTrafficPolicy(), out);
        for (int i = 0; i < rule.spec().getSubsets().size(); i++) {
          Subset subset = rule.spec().getSubsets().get(i);
          policy(rule, "spec.subsets[" + i + "].trafficPolicy", subset.getTrafficPolicy(), out);
        }
      }
    }
    for (Manifest<Gateway> gateway : context.gateways()) {
      for (int i = 0; i < gateway.spec().getServers().size(); i++) {
        Server server = gateway.spec().getServers().get(i);
        if (server.getTls() != null && !owners.isPlatform(gateway.namespace())) {
          String path = "spec.servers[" + i + "].tls";
          credential(gateway, path + ".credentialName", server.getTls().getCredentialName(), out);
          file(gateway, path + ".privateKey", server.getTls().getPrivateKey(), out);
          file(gateway, path + ".serverCertificate", server.getTls().getServerCertificate(), out);
        }
      }
    }
  }

  private static void policy(
      Manifest<?> rule, String path, @Nullable TrafficPolicy policy, Consumer<Finding> out) {
    if (policy == null) {
      return;
    }
    if (policy.getTls() != null) {
      credential(rule, path + ".tls.credentialName", policy.getTls().getCredentialName(), out);
      file(rule, path + ".tls.privateKey", policy.getTls().getPrivateKey(), out);
      file(rule, path + ".tls.clientCertificate", policy.getTls().getClientCertificate(), out);
    }
    for (int i = 0; i < policy.getPortLevelSettings().size(); i++) {
      var tls = policy.getPortLevelSettings().get(i).getTls();
      if (tls != null) {
        String at = path + ".portLevelSettings[" + i + "].tls";
        credential(rule, at + ".credentialName", tls.getCredentialName(), out);
        file(rule, at + ".privateKey", tls.getPrivateKey(), out);
        file(rule, at + ".clientCertificate", tls.getClientCertificate(), out);
      }
    }
  }

  private static void credential(
      Manifest<?> manifest, String path, @Nullable String said, Consumer<Finding> out) {
    String name = Objects.requireNonNullElse(said, "");
    String plain = name.startsWith(KUBERNETES) ? name.substring(KUBERNETES.length()) : name;
    int slash = plain.indexOf('/');
    if (slash > 0 && !plain.substring(0, slash).equals(manifest.namespace())) {
      tell(manifest, path, name, "a Secret of namespace " + plain.substring(0, slash), out);
    }
  }

  private static void file(
      Manifest<?> manifest, String path, @Nullable String said, Consumer<Finding> out) {
    String name = Objects.requireNonNullElse(said, "");
    if (OWN_OF_PROXY.stream().anyMatch(name::startsWith)) {
      tell(manifest, path, name, "a file by which the proxy itself is known", out);
    }
  }

  private static void tell(
      Manifest<?> manifest, String path, String name, String whose, Consumer<Finding> out) {
    out.accept(manifest.finding(TenancyCode.FOREIGN_CREDENTIAL, path, manifest.key(), name, whose));
  }
}

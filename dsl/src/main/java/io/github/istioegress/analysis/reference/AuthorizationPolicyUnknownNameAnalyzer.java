package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicy;
import io.fabric8.istio.api.api.security.v1beta1.Condition;
import io.fabric8.istio.api.api.security.v1beta1.Operation;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.api.security.v1beta1.Source;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * EGR117: an AuthorizationPolicy names a namespace that is not there, by itself or in a principal,
 * or a host that differs by a slip from one that is declared.
 */
final class AuthorizationPolicyUnknownNameAnalyzer implements Analyzer {

  private static final Pattern PRINCIPAL = Pattern.compile("[^/*]+/ns/([^/*]+)/sa/[^/]+");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Hosts hosts = new Hosts(context);
    for (Manifest<AuthorizationPolicy> policy : context.authorizationPolicies()) {
      List<Rule> rules = policy.spec().getRules();
      for (int i = 0; i < rules.size(); i++) {
        String path = "spec.rules[" + i + "]";
        for (int j = 0; j < rules.get(i).getFrom().size(); j++) {
          Source source = rules.get(i).getFrom().get(j).getSource();
          if (source != null) {
            String at = path + ".from[" + j + "].source";
            sources(context, policy, at + ".namespaces", source.getNamespaces(), out);
            sources(context, policy, at + ".principals", source.getPrincipals(), out);
          }
        }
        for (int j = 0; j < rules.get(i).getTo().size(); j++) {
          Operation operation = rules.get(i).getTo().get(j).getOperation();
          if (operation != null) {
            String at = path + ".to[" + j + "].operation.hosts";
            hosts(hosts.outside(), policy, at, operation.getHosts(), out);
          }
        }
        for (int j = 0; j < rules.get(i).getWhen().size(); j++) {
          Condition condition = rules.get(i).getWhen().get(j);
          if ("connection.sni".equals(condition.getKey())) {
            String at = path + ".when[" + j + "].values";
            hosts(hosts.outside(), policy, at, condition.getValues(), out);
          }
        }
      }
    }
  }

  private static void sources(
      AnalysisContext context,
      Manifest<AuthorizationPolicy> policy,
      String path,
      List<String> values,
      Consumer<Finding> out) {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      Matcher principal = PRINCIPAL.matcher(value);
      String namespace = principal.matches() ? principal.group(1) : value;
      if (namespace.contains("*")
          || namespace.contains("/")
          || context.knows().namespace(namespace)) {
        continue;
      }
      Optional<String> near = NearMiss.of(namespace, context.knows().shownNamespaces());
      if (near.isPresent() || context.knows().namespaces()) {
        out.accept(
            policy.finding(
                ReferenceCode.POLICY_NAMES_NOBODY,
                path + "[" + i + "]",
                policy.key(),
                value,
                "there is no namespace " + namespace,
                near.map("Write %s"::formatted).orElse("Name a namespace that is there")));
      }
    }
  }

  private static void hosts(
      Set<String> declared,
      Manifest<AuthorizationPolicy> policy,
      String path,
      List<String> values,
      Consumer<Finding> out) {
    for (int i = 0; i < values.size(); i++) {
      String host = values.get(i).replaceAll(":[0-9*]+$", "");
      if (!host.contains("*") && !declared.contains(host)) {
        Optional<String> near = NearMiss.of(host, declared);
        if (near.isPresent()) {
          out.accept(
              policy.finding(
                  ReferenceCode.POLICY_NAMES_NOBODY,
                  path + "[" + i + "]",
                  policy.key(),
                  values.get(i),
                  "no ServiceEntry declares this host",
                  "Write %s".formatted(near.get())));
        }
      }
    }
  }
}

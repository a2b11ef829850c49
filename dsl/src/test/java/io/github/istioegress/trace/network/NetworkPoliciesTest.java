package io.github.istioegress.trace.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.network.Passage.Verdict;
import io.github.istioegress.trace.registry.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Kubernetes documents of NetworkPolicies, as tables. Calls come from {@code shop/till}, go to
 * {@code egress/edge} on 8443 or to an address outside on 443, unless a row says otherwise.
 */
class NetworkPoliciesTest {

  private static final Workload TILL =
      new Workload("till", "shop", Map.of("app", "till", "tier", "front"), "", false);
  private static final Workload CART =
      new Workload("cart", "shop", Map.of("app", "cart"), "", false);
  private static final Workload EDGE =
      new Workload("edge", "egress", Map.of("app", "edge", "istio", "edge"), "", false);
  private static final Destination TO_EDGE = Destination.pod(EDGE, 8443);
  private static final String NAMESPACES =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {team: sales}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: egress, labels: {role: egress}}
      """;

  private static String policy(String name, String spec) {
    String[] key = name.split("/", -1);
    return """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: %s, namespace: %s}
        spec: %s
        """
        .formatted(key[1], key[0], spec);
  }

  private static ResourceSet read(String... documents) {
    ReadManifests read =
        new ManifestReader()
            .read(
                List.of(
                    new SourceFile(
                        "set.yaml", NAMESPACES + "---\n" + String.join("---\n", documents))));
    assertThat(read.findings()).isEmpty();
    return read.resources();
  }

  private static NetworkPolicies policies(String... documents) {
    return NetworkPolicies.of(read(documents));
  }

  private static NetworkPolicies egress(String rules) {
    return policies(
        policy("shop/out", "{podSelector: {}, policyTypes: [Egress], egress: " + rules + "}"));
  }

  private static NetworkPolicies ingress(String rules) {
    return policies(
        policy("egress/in", "{podSelector: {}, policyTypes: [Ingress], ingress: " + rules + "}"));
  }

  @Test
  void aPodThatNoPolicySelectsIsOpen() {
    assertThat(policies().rule(TILL, TO_EDGE)).isEqualTo(Passage.OPEN);
    String others =
        policy("shop/cart", "{podSelector: {matchLabels: {app: cart}}, policyTypes: [Egress]}");
    String elsewhere = policy("bank/all", "{podSelector: {}, policyTypes: [Egress, Ingress]}");
    assertThat(policies(others, elsewhere).rule(TILL, TO_EDGE)).isEqualTo(Passage.OPEN);
    assertThat(policies(others).rule(CART, TO_EDGE).verdict()).isEqualTo(Verdict.DROPPED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Types that are not said: Ingress, and Egress where rules for it stand.
        "{podSelector: {}}                                                | OPEN",
        "{podSelector: {}, ingress: [{}]}                                 | OPEN",
        "{podSelector: {}, egress: [{ports: [{port: 53}]}]}               | DROPPED",
        "{podSelector: {}, policyTypes: [Ingress], egress: [{ports: [{port: 53}]}]} | OPEN",
        // A type without rules closes.
        "{podSelector: {}, policyTypes: [Egress]}                         | DROPPED",
        "{podSelector: {}, policyTypes: [Egress], egress: []}             | DROPPED",
        // A rule without peers and ports opens.
        "{podSelector: {}, policyTypes: [Egress], egress: [{}]}           | OPEN",
        // Selectors of pods.
        "{policyTypes: [Egress]}                                          | DROPPED",
        "{podSelector: {matchLabels: {app: till}}, policyTypes: [Egress]} | DROPPED",
        "{podSelector: {matchLabels: {app: till, tier: back}}, policyTypes: [Egress]} | OPEN",
        "{podSelector: {matchExpressions: [{key: app, operator: In, values: [cart, till]}]}, policyTypes: [Egress]} | DROPPED",
        "{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [till]}]}, policyTypes: [Egress]} | OPEN",
        "{podSelector: {matchExpressions: [{key: env, operator: NotIn, values: [test]}]}, policyTypes: [Egress]} | DROPPED",
        "{podSelector: {matchExpressions: [{key: tier, operator: Exists}]}, policyTypes: [Egress]} | DROPPED",
        "{podSelector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}, policyTypes: [Egress]} | OPEN",
      })
  void whichPodsAPolicyIsolates(String spec, Verdict verdict) {
    assertThat(policies(policy("shop/out", spec)).rule(TILL, TO_EDGE).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{podSelector: {}}                                                         | DROPPED",
        "{namespaceSelector: {}}                                                   | OPEN",
        "{namespaceSelector: {}, podSelector: {matchLabels: {istio: edge}}}        | OPEN",
        "{namespaceSelector: {}, podSelector: {matchLabels: {istio: ingress}}}     | DROPPED",
        "{namespaceSelector: {matchLabels: {role: egress}}}                        | OPEN",
        "{namespaceSelector: {matchLabels: {role: ingress}}}                       | DROPPED",
        "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: egress}}} | OPEN",
        "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}   | DROPPED",
        "{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [a, egress]}]}} | OPEN",
        // Both must fit in one peer, one of them in two.
        "{namespaceSelector: {matchLabels: {role: ingress}}, podSelector: {matchLabels: {istio: edge}}} | DROPPED",
        // Blocks are for addresses outside; whether they hold pods is the network plugin's matter.
        "{ipBlock: {cidr: 203.0.113.0/24}}                                         | DROPPED",
        "{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16]}} | DROPPED",
        "{ipBlock: {cidr: 0.0.0.0/0}}                                              | UNKNOWN",
        "{ipBlock: {cidr: 10.0.0.0/8}}                                             | UNKNOWN",
        "{ipBlock: {cidr: 10.1.0.0/16}}                                            | UNKNOWN",
        "{ipBlock: {cidr: nonsense}}                                               | DROPPED",
        "{}                                                                        | DROPPED",
      })
  void whichPodsAPeerIs(String peer, Verdict verdict) {
    assertThat(egress("[{to: [" + peer + "]}]").rule(TILL, TO_EDGE).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{podSelector: {}}                                                       | DROPPED",
        "{namespaceSelector: {matchLabels: {team: sales}}}                       | OPEN",
        "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}} | OPEN",
        "{namespaceSelector: {matchLabels: {team: sales}}, podSelector: {matchLabels: {app: cart}}} | DROPPED",
      })
  void theOtherEndHasASayOfItsOwn(String peer, Verdict verdict) {
    Passage passage = ingress("[{from: [" + peer + "]}]").rule(TILL, TO_EDGE);
    assertThat(passage.verdict()).isEqualTo(verdict);
    assertThat(passage.path()).isEqualTo(verdict == Verdict.OPEN ? "" : "spec.ingress");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{port: 8443}]                              | OPEN",
        "[{protocol: TCP, port: 8443}]               | OPEN",
        "[{protocol: TCP}]                           | OPEN",
        "[{}]                                        | OPEN",
        "[]                                          | OPEN",
        // The port of the pod counts, not that of a Service.
        "[{port: 443}]                               | DROPPED",
        "[{protocol: UDP, port: 8443}]               | DROPPED",
        "[{protocol: SCTP}]                          | DROPPED",
        "[{port: 443}, {port: 8443}]                 | OPEN",
        "[{port: 8000, endPort: 9000}]               | OPEN",
        "[{port: 8443, endPort: 8443}]               | OPEN",
        "[{port: 8000, endPort: 8442}]               | DROPPED",
        "[{port: 8444, endPort: 9000}]               | DROPPED",
        // The name of a container's port.
        "[{port: https}]                             | UNKNOWN",
        "[{port: https}, {port: 8443}]               | OPEN",
      })
  void whichPortsARuleIsFor(String ports, Verdict verdict) {
    assertThat(egress("[{ports: " + ports + "}]").rule(TILL, TO_EDGE).verdict()).isEqualTo(verdict);
    assertThat(ingress("[{ports: " + ports + "}]").rule(TILL, TO_EDGE).verdict())
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ipBlock: {cidr: 203.0.113.0/24}}                                 | 203.0.113.9 | OPEN",
        "{ipBlock: {cidr: 203.0.113.0/24}}                                 | 203.0.114.9 | DROPPED",
        "{ipBlock: {cidr: 203.0.113.9/32}}                                 | 203.0.113.9 | OPEN",
        "{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.8/29]}}       | 203.0.113.9 | DROPPED",
        "{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.0/29]}}       | 203.0.113.9 | OPEN",
        "{ipBlock: {cidr: 0.0.0.0/0}}                                      | 2001:db8::1 | DROPPED",
        "{ipBlock: {cidr: '::/0'}}                                         | 2001:db8::1 | OPEN",
        "{ipBlock: {cidr: '2001:db8::/32', except: ['2001:db8:1::/48']}}   | 2001:db8::1 | OPEN",
        "{ipBlock: {cidr: '2001:db8::/32', except: ['2001:db8:1::/48']}}   | 2001:db8:1::1 | DROPPED",
        "{namespaceSelector: {}}                                           | 203.0.113.9 | DROPPED",
        "{podSelector: {}}                                                 | 203.0.113.9 | DROPPED",
        // No address is known: taken to be public where all public ones are let through.
        "{ipBlock: {cidr: 203.0.113.0/24}}                                 | name        | UNKNOWN",
        "{ipBlock: {cidr: 0.0.0.0/0}}                                      | name        | OPEN",
        "{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}                | name        | OPEN",
        "{ipBlock: {cidr: 0.0.0.0/0, except: [203.0.113.0/24]}}            | name        | UNKNOWN",
        "{ipBlock: {cidr: '::/0'}}                                         | name        | UNKNOWN",
        "{ipBlock: {cidr: 10.0.0.0/8}}                                     | name        | UNKNOWN",
        "{ipBlock: {cidr: 'fd00::/8'}}                                     | name        | UNKNOWN",
        "{ipBlock: {cidr: nonsense}}                                       | name        | DROPPED",
        "{namespaceSelector: {}}                                           | name        | DROPPED",
      })
  void whichHostsOutsideAPeerIs(String peer, String address, Verdict verdict) {
    assertThat(
            egress("[{to: [" + peer + "]}]")
                .rule(TILL, Destination.outside(address, 443))
                .verdict())
        .isEqualTo(verdict);
  }

  @Test
  void theNameOfAPortIsOfNoHostOutside() {
    assertThat(
            egress("[{ports: [{port: https}]}]")
                .rule(TILL, Destination.outside("203.0.113.9", 443))
                .verdict())
        .isEqualTo(Verdict.DROPPED);
  }

  @Test
  void portsAndPeersOfOneRuleBothHaveToFit() {
    NetworkPolicies apart =
        egress("[{to: [{namespaceSelector: {}}], ports: [{port: 53}]}, {ports: [{port: 80}]}]");
    assertThat(apart.rule(TILL, TO_EDGE).verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(apart.rule(TILL, Destination.pod(EDGE, 53)).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(apart.rule(TILL, Destination.pod(EDGE, 80)).verdict()).isEqualTo(Verdict.OPEN);
  }

  @Test
  void ofSeveralPoliciesOneIsEnough() {
    String closed = policy("shop/closed", "{podSelector: {}, policyTypes: [Egress]}");
    String open =
        policy(
            "shop/open",
            "{podSelector: {matchLabels: {app: till}}, policyTypes: [Egress], egress: [{}]}");
    assertThat(policies(closed, open).rule(TILL, TO_EDGE)).isEqualTo(Passage.OPEN);
    assertThat(policies(closed, open).rule(CART, TO_EDGE).policies())
        .extracting(policy -> policy.key().toString())
        .containsExactly("NetworkPolicy shop/closed");
  }

  @Test
  void bothEndsHaveToLetItThrough() {
    String out = policy("shop/out", "{podSelector: {}, policyTypes: [Egress], egress: [{}]}");
    String in =
        policy(
            "egress/in",
            "{podSelector: {}, ingress: [{from: [{podSelector: {}}], ports: [{port: 8443}]}]}");
    Passage passage = policies(out, in).rule(TILL, TO_EDGE);
    assertThat(passage.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(passage.policies())
        .extracting(policy -> policy.key().toString())
        .containsExactly("NetworkPolicy egress/in");
    Workload neighbour = new Workload("probe", "egress", Map.of(), "", false);
    assertThat(policies(out, in).rule(neighbour, TO_EDGE)).isEqualTo(Passage.OPEN);
  }

  @Test
  void whatOneEndLeavesOpenTheOtherMayStillClose() {
    String unsure =
        policy(
            "shop/out",
            "{podSelector: {}, egress: [{ports: [{port: https}]}], policyTypes: [Egress]}");
    String closed = policy("egress/in", "{podSelector: {}, policyTypes: [Ingress]}");
    assertThat(policies(unsure, closed).rule(TILL, TO_EDGE).verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(policies(unsure).rule(TILL, TO_EDGE).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void labelsOfANamespaceThatNoManifestShowsAreNotKnown() {
    Workload stock = new Workload("stock", "orders", Map.of(), "", false);
    Destination to = Destination.pod(stock, 80);
    assertThat(
            egress("[{to: [{namespaceSelector: {matchLabels: {team: orders}}}]}]")
                .rule(TILL, to)
                .verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(
            egress(
                    "[{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: orders}}}]}]")
                .rule(TILL, to)
                .verdict())
        .isEqualTo(Verdict.OPEN);
    assertThat(egress("[{to: [{namespaceSelector: {}}]}]").rule(TILL, to).verdict())
        .isEqualTo(Verdict.OPEN);
  }

  @Test
  void anExtensionOfAnotherGroupIsNoneOfThem() {
    String calico =
        """
        apiVersion: projectcalico.org/v3
        kind: NetworkPolicy
        metadata: {name: deny, namespace: shop}
        spec: {types: [Egress]}
        """;
    assertThat(policies(calico).rule(TILL, TO_EDGE)).isEqualTo(Passage.OPEN);
  }
}

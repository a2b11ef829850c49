package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterScopeTest {

  @ParameterizedTest
  @CsvSource({
    "v1,Service,true",
    "v1,ConfigMap,true",
    "networking.istio.io/v1,Gateway,true",
    "security.istio.io/v1,AuthorizationPolicy,true",
    "example.com/v1,Thing,true",
    "v1,Namespace,false",
    "v1,Node,false",
    "gateway.networking.k8s.io/v1,GatewayClass,false",
    "apiextensions.k8s.io/v1,CustomResourceDefinition,false",
    "install.istio.io/v1alpha1,IstioOperator,false"
  })
  void whatGetsADefaultNamespace(String apiVersion, String kind, boolean namespaced) {
    assertThat(ClusterScope.isNamespaced(apiVersion, kind)).isEqualTo(namespaced);
  }
}

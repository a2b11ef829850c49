package io.github.istioegress.manifest;

/** The fields of the Gateway API's kinds, in the form of {@link IstioFields}. */
final class GatewayApiFields {

  /**
   * What a resource attaches to comes first in each, then whom it is for, then what it does: as
   * people write them, not in the order of the definitions.
   */
  static final String TABLE =
      """
      GatewayClassSpec: controllerName description parametersRef:ParametersReference
      GatewaySpec: gatewayClassName addresses:GatewaySpecAddress
        infrastructure:GatewayInfrastructure listeners:Listener
        allowedListeners:AllowedListeners tls:GatewayTLSConfig defaultScope=All|None
      HTTPRouteSpec: parentRefs:ParentReference useDefaultGateways=All|None hostnames
        rules:HTTPRouteRule
      GRPCRouteSpec: parentRefs:ParentReference useDefaultGateways=All|None hostnames
        rules:GRPCRouteRule
      TLSRouteSpec: parentRefs:ParentReference useDefaultGateways=All|None hostnames
        rules:BytesRouteRule
      TCPRouteSpec: parentRefs:ParentReference useDefaultGateways=All|None rules:BytesRouteRule
      BackendTLSPolicySpec: targetRefs:PolicyTarget validation:BackendTLSPolicyValidation
        options{}
      ReferenceGrantSpec: from:ReferenceGrantFrom to:LocalReference
      ParametersReference: group kind namespace name
      LocalReference: group kind name
      NamespacedReference: group kind namespace name
      PolicyTarget: group kind name sectionName
      ReferenceGrantFrom: group kind namespace
      GatewaySpecAddress: type value
      GatewayInfrastructure: labels{} annotations{} parametersRef:LocalReference
      Listener: name port protocol hostname tls:ListenerTLSConfig allowedRoutes:AllowedRoutes
      AllowedListeners: namespaces:RouteNamespaces
      GatewayTLSConfig: backend:GatewayBackendTLS frontend:FrontendTLSConfig
      GatewayBackendTLS: clientCertificateRef:NamespacedReference
      FrontendTLSConfig: default:FrontendTLS perPort:TLSPortConfig
      TLSPortConfig: port tls:FrontendTLS
      FrontendTLS: validation:FrontendTLSValidation
      FrontendTLSValidation: mode=AllowValidOnly|AllowInsecureFallback
        caCertificateRefs:NamespacedReference
      ListenerTLSConfig: mode=Terminate|Passthrough certificateRefs:NamespacedReference options{}
      AllowedRoutes: namespaces:RouteNamespaces kinds:RouteGroupKind
      RouteNamespaces: from=All|Selector|Same|None selector:LabelSelector
      RouteGroupKind: group kind
      LabelSelector: matchLabels{} matchExpressions:LabelSelectorRequirement
      LabelSelectorRequirement: key operator=In|NotIn|Exists|DoesNotExist values
      ParentReference: group kind namespace name sectionName port
      HTTPRouteRule: name matches:HTTPRouteMatch filters:HTTPRouteFilter
        backendRefs:HTTPBackendRef timeouts:HTTPRouteTimeouts retry:HTTPRouteRetry
        sessionPersistence:SessionPersistence
      GRPCRouteRule: name matches:GRPCRouteMatch filters:HTTPRouteFilter
        backendRefs:HTTPBackendRef sessionPersistence:SessionPersistence
      BytesRouteRule: name backendRefs:BackendRef
      HTTPRouteMatch: path:PathMatch
        method=GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH headers:NamedMatch
        queryParams:NamedMatch
      GRPCRouteMatch: method:GRPCMethodMatch headers:NamedMatch
      PathMatch: type=Exact|PathPrefix|RegularExpression value
      NamedMatch: type=Exact|RegularExpression name value
      GRPCMethodMatch: type=Exact|RegularExpression service method
      HTTPBackendRef: group kind namespace name port weight filters:HTTPRouteFilter
      BackendRef: group kind namespace name port weight
      BackendObjectReference: group kind namespace name port
      HTTPRouteFilter: type requestHeaderModifier:HTTPHeaderFilter
        responseHeaderModifier:HTTPHeaderFilter requestMirror:HTTPRequestMirrorFilter
        requestRedirect:HTTPRequestRedirectFilter urlRewrite:HTTPURLRewriteFilter
        cors:HTTPCORSFilter externalAuth:HTTPExternalAuthFilter extensionRef:LocalReference
      HTTPHeaderFilter: set:HTTPHeader add:HTTPHeader remove
      HTTPHeader: name value
      HTTPRequestMirrorFilter: backendRef:BackendObjectReference percent fraction:Fraction
      Fraction: numerator denominator
      HTTPRequestRedirectFilter: scheme hostname path:HTTPPathModifier port statusCode
      HTTPURLRewriteFilter: hostname path:HTTPPathModifier
      HTTPPathModifier: type=ReplaceFullPath|ReplacePrefixMatch replaceFullPath
        replacePrefixMatch
      HTTPCORSFilter: allowOrigins allowCredentials allowMethods allowHeaders exposeHeaders
        maxAge
      HTTPExternalAuthFilter: protocol=HTTP|GRPC backendRef:BackendObjectReference
        grpc:GRPCAuthConfig http:HTTPAuthConfig forwardBody:ForwardBodyConfig
      GRPCAuthConfig: allowedHeaders
      HTTPAuthConfig: path allowedHeaders allowedResponseHeaders
      ForwardBodyConfig: maxSize
      HTTPRouteTimeouts: request backendRequest
      HTTPRouteRetry: codes attempts backoff
      SessionPersistence: sessionName absoluteTimeout idleTimeout type=Cookie|Header
        cookieConfig:CookieConfig
      CookieConfig: lifetimeType=Permanent|Session
      BackendTLSPolicyValidation: hostname wellKnownCACertificates
        caCertificateRefs:LocalReference subjectAltNames:SubjectAltName
      SubjectAltName: type=Hostname|URI hostname uri
      """;

  private GatewayApiFields() {}
}

package io.github.istioegress.manifest;

import io.github.istioegress.resource.ResourceKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of Istio's kinds, and of NetworkPolicy, in the order of their documentation: how they
 * are written, and which are known when read.
 */
final class IstioFields {

  /**
   * One type a line: {@code field:Type} refers to another type, also where it is a list, {@code
   * field{}} is a table with keys of the user's own, {@code field=A|B} an enumeration. Where the
   * documentation names first what the eye needs last, we differ: a match begins with gateways and
   * port, a VirtualService with what it claims and who sees it.
   */
  private static final String TABLE =
      """
      Resource: apiVersion kind metadata:Metadata spec status
      Metadata: name generateName namespace labels{} annotations{} creationTimestamp
        deletionGracePeriodSeconds deletionTimestamp finalizers generation managedFields
        ownerReferences resourceVersion selfLink uid
      ServiceEntry: hosts addresses ports:ServicePort location=MESH_EXTERNAL|MESH_INTERNAL
        resolution=NONE|STATIC|DNS|DNS_ROUND_ROBIN|DYNAMIC_DNS endpoints:WorkloadEntry
        workloadSelector:WorkloadSelector exportTo subjectAltNames
      Sidecar: workloadSelector:WorkloadSelector ingress:IstioIngressListener
        egress:IstioEgressListener inboundConnectionPool:ConnectionPoolSettings
        outboundTrafficPolicy:OutboundTrafficPolicy
      Gateway: selector{} servers:Server
      DestinationRule: host trafficPolicy:TrafficPolicy subsets:Subset exportTo
        workloadSelector:PolicySelector
      VirtualService: hosts gateways exportTo http:HTTPRoute tls:TLSRoute tcp:TCPRoute
      AuthorizationPolicy: selector:PolicySelector targetRef:PolicyTargetReference
        targetRefs:PolicyTargetReference action=ALLOW|DENY|AUDIT|CUSTOM
        provider:ExtensionProvider rules:Rule
      ServicePort: number name protocol targetPort
      WorkloadEntry: address ports{} labels{} network locality weight serviceAccount
      WorkloadSelector: labels{}
      PolicySelector: matchLabels{}
      PolicyTargetReference: group kind name namespace
      ExtensionProvider: name
      Rule: from:RuleFrom to:RuleTo when:Condition
      IstioIngressListener: port:SidecarPort bind captureMode=DEFAULT|IPTABLES|NONE
        defaultEndpoint tls:ServerTLSSettings connectionPool:ConnectionPoolSettings
      IstioEgressListener: port:SidecarPort bind captureMode=DEFAULT|IPTABLES|NONE hosts
      ConnectionPoolSettings: tcp:TCPSettings http:HTTPSettings
      OutboundTrafficPolicy: mode=REGISTRY_ONLY|ALLOW_ANY egressProxy:Destination
      RuleFrom: source:Source
      RuleTo: operation:Operation
      Condition: key values notValues
      Server: port:Port bind hosts tls:ServerTLSSettings defaultEndpoint name
      TrafficPolicy: loadBalancer:LoadBalancerSettings connectionPool:ConnectionPoolSettings
        outlierDetection:OutlierDetection tls:ClientTLSSettings
        portLevelSettings:PortTrafficPolicy tunnel:TunnelSettings proxyProtocol:ProxyProtocol
        retryBudget:RetryBudget
      Subset: name labels{} trafficPolicy:TrafficPolicy
      HTTPRoute: name match:HTTPMatchRequest route:HTTPRouteDestination redirect:HTTPRedirect
        directResponse:HTTPDirectResponse delegate:Delegate rewrite:HTTPRewrite timeout
        retries:HTTPRetry fault:HTTPFaultInjection mirror:Destination mirrors:HTTPMirrorPolicy
        mirrorPercent mirror_percent mirrorPercentage:Percent corsPolicy:CorsPolicy headers:Headers
      TLSRoute: match:TLSMatchAttributes route:RouteDestination
      TCPRoute: match:L4MatchAttributes route:RouteDestination
      SidecarPort: number name protocol targetPort
      ServerTLSSettings: httpsRedirect
        mode=PASSTHROUGH|SIMPLE|MUTUAL|AUTO_PASSTHROUGH|ISTIO_MUTUAL|OPTIONAL_MUTUAL
        serverCertificate privateKey caCertificates caCrl credentialName credentialNames
        caCertCredentialName tlsCertificates:TLSCertificate subjectAltNames
        verifyCertificateSpki verifyCertificateHash
        minProtocolVersion=TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3
        maxProtocolVersion=TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3 cipherSuites
        insecureSkipVerify
      TCPSettings: maxConnections connectTimeout tcpKeepalive:TcpKeepalive
        maxConnectionDuration idleTimeout
      HTTPSettings: http1MaxPendingRequests http2MaxRequests maxRequestsPerConnection
        maxRetries idleTimeout h2UpgradePolicy=DEFAULT|DO_NOT_UPGRADE|UPGRADE
        useClientProtocol maxConcurrentStreams http2KeepAlive:ConnectionKeepalive
      Destination: host subset port:PortSelector
      Port: number name protocol targetPort
      LoadBalancerSettings:
        simple=UNSPECIFIED|LEAST_CONN|RANDOM|PASSTHROUGH|ROUND_ROBIN|LEAST_REQUEST
        consistentHash:ConsistentHashLB localityLbSetting:LocalityLoadBalancerSetting
        zoneAwareLbSetting:ZoneAwareLoadBalancerSetting warmupDurationSecs
        warmup:WarmupConfiguration
      OutlierDetection: consecutiveErrors splitExternalLocalOriginErrors
        consecutiveLocalOriginFailures consecutiveGatewayErrors consecutive5xxErrors interval
        baseEjectionTime maxEjectionPercent minHealthPercent outlierDetectionHttpErrorCodes
      ClientTLSSettings: mode=DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL clientCertificate privateKey
        caCertificates credentialName subjectAltNames sni insecureSkipVerify caCrl
      PortTrafficPolicy: port:PortSelector loadBalancer:LoadBalancerSettings
        connectionPool:ConnectionPoolSettings outlierDetection:OutlierDetection
        tls:ClientTLSSettings
      TunnelSettings: protocol targetHost targetPort
      ProxyProtocol: version=V1|V2
      RetryBudget: percent minRetryConcurrency budgetInterval
      HTTPMatchRequest: name gateways port uri:StringMatch scheme:StringMatch
        method:StringMatch authority:StringMatch headers{}:StringMatch sourceLabels{}
        queryParams{}:StringMatch ignoreUriCase withoutHeaders{}:StringMatch sourceNamespace
        statPrefix
      HTTPRouteDestination: destination:Destination weight headers:Headers
      HTTPRedirect: uri authority port derivePort=FROM_PROTOCOL_DEFAULT|FROM_REQUEST_PORT
        scheme redirectCode prefixRewrite
      HTTPDirectResponse: status body:HTTPBody
      Delegate: name namespace
      HTTPRewrite: uri authority uriRegexRewrite:RegexRewrite
      HTTPRetry: attempts perTryTimeout retryOn retryRemoteLocalities retryIgnorePreviousHosts
        backoff
      HTTPFaultInjection: delay:Delay abort:Abort
      HTTPMirrorPolicy: destination:Destination percentage:Percent
      Percent: value
      CorsPolicy: allowOrigin allowOrigins:StringMatch allowMethods allowHeaders exposeHeaders
        maxAge allowCredentials unmatchedPreflights=UNSPECIFIED|FORWARD|IGNORE
      Headers: request:HeaderOperations response:HeaderOperations
      TLSMatchAttributes: gateways port sniHosts destinationSubnets sourceLabels{}
        sourceNamespace
      RouteDestination: destination:Destination weight
      L4MatchAttributes: gateways port destinationSubnets sourceSubnet sourceLabels{}
        sourceNamespace
      Source: principals notPrincipals requestPrincipals notRequestPrincipals namespaces
        notNamespaces serviceAccounts notServiceAccounts trustDomains notTrustDomains ipBlocks
        notIpBlocks remoteIpBlocks notRemoteIpBlocks
      Operation: hosts notHosts ports notPorts methods notMethods paths notPaths
      TLSCertificate: serverCertificate privateKey caCertificates
      TcpKeepalive: probes time interval
      ConnectionKeepalive: interval timeout
      PortSelector: number
      ConsistentHashLB: httpHeaderName httpCookie:HTTPCookie useSourceIp
        httpQueryParameterName ringHash:RingHash maglev:MagLev minimumRingSize
      LocalityLoadBalancerSetting: distribute:Distribute failover:LocalityFailover
        failoverPriority enabled
      ZoneAwareLoadBalancerSetting: enabled failover:LocalityFailover failoverPriority
        minClusterSize
      WarmupConfiguration: duration minimumPercent aggression
      StringMatch: exact prefix regex
      HTTPBody: string bytes
      RegexRewrite: match rewrite
      Delay: percent fixedDelay exponentialDelay percentage:Percent
      Abort: httpStatus grpcStatus http2Error percentage:Percent
      HeaderOperations: set{} add{} remove
      HTTPCookie: name path ttl attributes:CookieAttribute
      RingHash: minimumRingSize
      MagLev: tableSize
      Distribute: from to{}
      LocalityFailover: from to
      CookieAttribute: name value
      NetworkPolicy: podSelector:LabelSelector policyTypes ingress:IngressRule egress:EgressRule
      IngressRule: from:NetworkPolicyPeer ports:NetworkPolicyPort
      EgressRule: to:NetworkPolicyPeer ports:NetworkPolicyPort
      NetworkPolicyPeer: namespaceSelector:LabelSelector podSelector:LabelSelector
        ipBlock:IPBlock
      NetworkPolicyPort: protocol=TCP|UDP|SCTP port endPort
      IPBlock: cidr except
      LabelSelector: matchLabels{} matchExpressions:LabelSelectorRequirement
      LabelSelectorRequirement: key operator=In|NotIn|Exists|DoesNotExist values
      """;

  /**
   * A field.
   *
   * @param type the type of what is in it; empty for plain values
   * @param table true where its keys are the user's own
   * @param values what the enumeration allows; empty where it is none
   */
  record Field(String name, String type, boolean table, List<String> values) {}

  /** A field and how many come before it. */
  private record Ranked(Field field, int rank) {}

  private static final Map<String, Map<String, Ranked>> TYPES = parse();

  private IstioFields() {}

  /** The name of a kind's spec type; empty for kinds that are not in the table. */
  static Optional<String> specType(ResourceKind kind) {
    return switch (kind) {
      case SERVICE_ENTRY,
          SIDECAR,
          AUTHORIZATION_POLICY,
          GATEWAY,
          DESTINATION_RULE,
          VIRTUAL_SERVICE,
          NETWORK_POLICY ->
          Optional.of(kind.kind());
      case GATEWAY_CLASS,
          REFERENCE_GRANT,
          KUBERNETES_GATEWAY,
          BACKEND_TLS_POLICY,
          HTTP_ROUTE,
          GRPC_ROUTE,
          TLS_ROUTE,
          TCP_ROUTE ->
          // Named as the Gateway API does, for Istio has a Gateway and an HTTPRoute, too.
          Optional.of(kind.kind() + "Spec");
      default -> Optional.empty();
    };
  }

  /** The fields of a type in order. */
  static Collection<Field> fields(String type) {
    return TYPES.getOrDefault(type, Map.of()).values().stream().map(Ranked::field).toList();
  }

  /** A field of a type. */
  static Optional<Field> field(String type, String name) {
    return Optional.ofNullable(TYPES.getOrDefault(type, Map.of()).get(name)).map(Ranked::field);
  }

  /** How many fields of a type come before one; those that are not known come last. */
  static int rank(String type, String name) {
    Ranked known = TYPES.getOrDefault(type, Map.of()).get(name);
    return known == null ? Integer.MAX_VALUE : known.rank();
  }

  /** The names of all types. */
  static Collection<String> types() {
    return TYPES.keySet();
  }

  private static Map<String, Map<String, Ranked>> parse() {
    Map<String, Map<String, Ranked>> types = new LinkedHashMap<>();
    for (String line :
        (TABLE + GatewayApiFields.TABLE).replace("\n  ", " ").strip().split("\n", -1)) {
      int colon = line.indexOf(": ");
      Map<String, Ranked> fields = new LinkedHashMap<>();
      for (String word : line.substring(colon + 2).split(" ", -1)) {
        Field field = field(word);
        fields.put(field.name(), new Ranked(field, fields.size()));
      }
      types.put(line.substring(0, colon), fields);
    }
    return types;
  }

  private static Field field(String word) {
    int equals = word.indexOf('=');
    if (equals >= 0) {
      List<String> values = List.of(word.substring(equals + 1).split("\\|", -1));
      return new Field(word.substring(0, equals), "", false, values);
    }
    int colon = word.indexOf(':');
    String type = colon < 0 ? "" : word.substring(colon + 1);
    String name = colon < 0 ? word : word.substring(0, colon);
    boolean table = name.endsWith("{}");
    return new Field(table ? name.substring(0, name.length() - 2) : name, type, table, List.of());
  }
}

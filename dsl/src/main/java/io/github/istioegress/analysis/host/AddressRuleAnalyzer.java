package io.github.istioegress.analysis.host;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HostCode;
import io.github.istioegress.trace.envoy.Cidr;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** EGR608: a route or rule is for an address, which is no host that an entry declares. */
final class AddressRuleAnalyzer implements Analyzer {

  private static final Set<HostField.Place> RULES =
      EnumSet.of(HostField.Place.ROUTE, HostField.Place.RULE);

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    List<HostField> fields = HostField.of(context);
    Set<String> declared = new HashSet<>();
    fields.stream()
        .filter(field -> field.place() == HostField.Place.ENTRY)
        .forEach(field -> declared.add(field.host()));
    for (HostField field : fields) {
      if (RULES.contains(field.place())
          && !declared.contains(field.host())
          && !field.host().contains("/")
          && Cidr.parse(field.host()).isPresent()) {
        out.accept(
            field
                .manifest()
                .finding(
                    HostCode.RULE_FOR_ADDRESS, field.path(), field.manifest().key(), field.host()));
      }
    }
  }
}

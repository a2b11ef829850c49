/** Shows a set of manifests to those who judge it. */
@NullMarked
package io.github.istioegress.analysis.context;

import org.jspecify.annotations.NullMarked;

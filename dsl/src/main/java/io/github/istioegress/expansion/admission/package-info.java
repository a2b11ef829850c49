/** Has the API server refuse what is of other namespaces. */
@NullMarked
package io.github.istioegress.expansion.admission;

import org.jspecify.annotations.NullMarked;

import { Component } from 'react';
import type { ReactNode } from 'react';
import { RegionError } from './RegionError';

/** Keeps an error inside its region: the others live on. */
export class RegionBoundary extends Component<
  { readonly children: ReactNode },
  { readonly error?: Error }
> {
  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  state: { readonly error?: Error } = {};

  render() {
    return this.state.error ? (
      <RegionError
        error={this.state.error}
        onRetry={() => this.setState({ error: undefined })}
      />
    ) : (
      this.props.children
    );
  }
}

using System.Net;
using Parley.Net.Resolve;

namespace Parley.Net.Tests.Support;

/// <summary>Names that never leave the test.</summary>
internal sealed class FakeNames : Dictionary<string, string[]>, INameResolver
{
    public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken) =>
        TryGetValue(name, out string[]? addresses)
            ? ValueTask.FromResult<IReadOnlyList<IPAddress>>([.. addresses.Select(IPAddress.Parse)])
            : throw new InvalidOperationException($"{name} is unknown");
}

using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Parley.Net.Pipelines;

namespace Parley.Net.Resolve;

/// <summary>Resolves many names, so many at a time; the name that is known first comes first.</summary>
public sealed class ParallelResolver(INameResolver names, ResolveOptions options, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>One result for each text; one that is no name, or has no address, is a result with an error.</summary>
    public async IAsyncEnumerable<ResolveResult> ResolveAsync(
        IAsyncEnumerable<string> texts, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IAsyncEnumerable<Outcome<string, ResolveResult>> outcomes = texts.WithParallelism(options.Degree).Select(ResolveOneAsync);
        await foreach (Outcome<string, ResolveResult> outcome in outcomes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return outcome.IsSuccess ? outcome.Value : Failed(outcome.Input, TimeSpan.Zero, outcome.Error.Message);
        }
    }

    private static ResolveResult Failed(string text, TimeSpan elapsed, string error) => new(text, [], null, elapsed, error);

    private async ValueTask<ResolveResult> ResolveOneAsync(string text, CancellationToken cancellationToken)
    {
        if (!NameQuery.TryParse(text, out NameQuery? query, out string? error))
        {
            return Failed(text, TimeSpan.Zero, error);
        }

        int? port = query.Port ?? options.DefaultPort;
        if (options.NeedsPort && port is null)
        {
            return Failed(text, TimeSpan.Zero, $"'{text}' has no port: write {(query.Name.Contains(':', StringComparison.Ordinal) ? $"[{query.Name}]" : query.Name)}:80");
        }

        long start = _time.GetTimestamp();
        try
        {
            // Waited for no longer than that. A resolver that cannot be cancelled may go on by itself.
            IReadOnlyList<IPAddress> addresses = await names.ResolveAsync(query.Name, cancellationToken).AsTask()
                .WaitAsync(options.Timeout, _time, cancellationToken).ConfigureAwait(false);
            return addresses.Count == 0
                ? Failed(text, _time.GetElapsedTime(start), $"'{query.Name}' has no address")
                : new ResolveResult(text, [.. addresses.Distinct()], port, _time.GetElapsedTime(start), null);
        }
        catch (SocketException e)
        {
            return Failed(text, _time.GetElapsedTime(start), Describe(query.Name, e));
        }
        catch (TimeoutException)
        {
            return Failed(text, _time.GetElapsedTime(start), $"'{query.Name}': no answer within {options.Timeout.TotalSeconds} s");
        }
    }

    private static string Describe(string name, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound => $"'{name}' is not known: check its spelling",
        SocketError.NoData => $"'{name}' has no address",
        SocketError.TryAgain => $"'{name}': no name server answered, try again",
        _ => $"'{name}': {e.Message}",
    };
}

using Parley.Protocol.Lines;

namespace Parley.Client.Tests.Returning;

/// <summary>A client's events, one after the other.</summary>
internal sealed class EventLog(ParleyClient client) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ClientEvent> _events =
        client.ReadEventsAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    /// <summary>The next event; null when there will be none.</summary>
    public async Task<ClientEvent?> NextAsync() => await _events.MoveNextAsync() ? _events.Current : null;

    /// <summary>The next event of that kind; others are passed over.</summary>
    public async Task<T> NextAsync<T>()
        where T : ClientEvent
    {
        while (await NextAsync() is { } happened)
        {
            if (happened is T wanted)
            {
                return wanted;
            }
        }

        throw new InvalidOperationException($"The events have ended without a {typeof(T).Name}");
    }

    public async Task<ServerLine> NextLineAsync() => (await NextAsync<ClientEvent.LineReceived>()).Line;

    public ValueTask DisposeAsync() => _events.DisposeAsync();
}

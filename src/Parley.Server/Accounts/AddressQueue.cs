using System.Net;
using Parley.Server.Connections;

namespace Parley.Server.Accounts;

/// <summary>Has work for one address done one at a time, so that an address with much of it keeps no other waiting.</summary>
internal sealed class AddressQueue
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Turn> _turns = [];

    /// <summary>Does some work when it is the address's turn.</summary>
    /// <param name="address">Any address; null for no queue.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">The connection is gone: then its work is not done.</param>
    public async Task<T> RunAsync<T>(IPAddress? address, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            return await work(cancellationToken);
        }

        var key = AddressKey.Of(address);
        var turn = Join(key);
        try
        {
            await turn.Semaphore.WaitAsync(cancellationToken);
            try
            {
                return await work(cancellationToken);
            }
            finally
            {
                turn.Semaphore.Release();
            }
        }
        finally
        {
            Leave(key, turn);
        }
    }

    private Turn Join(IPAddress key)
    {
        lock (_gate)
        {
            if (!_turns.TryGetValue(key, out var turn))
            {
                _turns.Add(key, turn = new Turn());
            }

            turn.Waiting++;
            return turn;
        }
    }

    private void Leave(IPAddress key, Turn turn)
    {
        lock (_gate)
        {
            if (--turn.Waiting == 0)
            {
                _turns.Remove(key);
                turn.Semaphore.Dispose();
            }
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Semaphore { get; } = new(1);

        public int Waiting { get; set; }
    }
}

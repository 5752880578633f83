using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Parley.Server.Hosting;

/// <summary>
/// Accepts no faster than those who came are let in or refused. Each holds a descriptor until then: on a busy machine a
/// crowd would take the last ones, however few of it are let in.
/// </summary>
internal sealed class PacedListener(IConnectionListener listener) : IConnectionListener
{
    /// <summary>Number of connections that may have arrived without being let in or refused yet; MUST be less than the descriptors in reserve.</summary>
    public const int MaxArriving = 16;

    private readonly SemaphoreSlim _room = new(MaxArriving);
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint => listener.EndPoint;

    /// <summary>Has connections count no more once they are let in: the outermost of what they run through.</summary>
    public static ConnectionDelegate LetIn(ConnectionDelegate next) => connection =>
    {
        connection.Features.Get<Arrival>()?.End();
        return next(connection);
    };

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _room.WaitAsync(_unbound.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        ConnectionContext? connection = null;
        try
        {
            connection = await listener.AcceptAsync(cancellationToken);
        }
        finally
        {
            if (connection is null)
            {
                _room.Release();
            }
        }

        if (connection is not null)
        {
            var arrival = new Arrival(_room);
            connection.Features.Set(arrival);
            connection.ConnectionClosed.UnsafeRegister(static arrival => ((Arrival)arrival!).End(), arrival);
        }

        return connection;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        await listener.UnbindAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    /// <summary>A connection that has come, until it is let in or gone.</summary>
    private sealed class Arrival(SemaphoreSlim room)
    {
        private SemaphoreSlim? _room = room;

        public void End() => Interlocked.Exchange(ref _room, null)?.Release();
    }
}

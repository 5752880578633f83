using System.Net;
using System.Net.Sockets;

namespace Parley.Net.Tcp;

/// <summary>Listens, and has every connection served on its own; none that fails ends another, or the listening.</summary>
/// <remarks>Disposing of it stops the listening, cancels what is being served and waits for its end.</remarks>
internal sealed class ConnectionAcceptor : IAsyncDisposable
{
    private static readonly TimeSpan PauseWithoutDescriptors = TimeSpan.FromMilliseconds(100);

    // The kernel cuts it to what the system allows (net.core.somaxconn). A crowd that comes at once must not meet a short queue.
    private const int Backlog = 4096;

    private readonly Socket _listener;
    private readonly Func<NetworkStream, IPEndPoint, CancellationToken, Task> _serve;
    private readonly TimeProvider _time;

    // Those for whom there is no descriptor wait in the kernel's queue until somebody goes.
    private readonly SemaphoreSlim _slots = new(DescriptorBudget.Sockets());
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _accepting = Task.CompletedTask;

    // One for the loop that accepts, and one for each connection.
    private int _running = 1;

    /// <summary>Listens at once; throws a <see cref="SocketException"/> where that is not possible.</summary>
    public ConnectionAcceptor(
        IPEndPoint endPoint, Func<NetworkStream, IPEndPoint, CancellationToken, Task> serve, TimeProvider time)
    {
        _serve = serve;
        _time = time;
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                // Every address of the machine, those of IPv4 as well.
                _listener.DualMode = true;
            }

            _listener.Bind(endPoint);
            _listener.Listen(Backlog);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
    }

    /// <summary>Where it listens; its port is the one that was taken if 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Number of open connections.</summary>
    public int Open => Math.Max(0, Volatile.Read(ref _running) - 1);

    /// <summary>Accepts from now on; once, when whoever serves is ready to.</summary>
    public void Start() => _accepting = AcceptAllAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await _served.Task.ConfigureAwait(false);
    }

    private async Task AcceptAllAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Socket socket = await AcceptAsync().ConfigureAwait(false);
                Interlocked.Increment(ref _running);
                _ = ServeAsync(socket);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                break;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                // The same connection would be offered again at once, and again: wait for some to go.
                await Task.Delay(PauseWithoutDescriptors, _time, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (SocketException)
            {
                // That one was gone before it was taken.
            }
        }

        End();
    }

    // A slot goes with the socket, and is given back by whoever serves it.
    private async Task<Socket> AcceptAsync()
    {
        await _slots.WaitAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            return await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        // What it is served with may compute, and the next is to be accepted.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            // An answer is small and wanted now.
            socket.NoDelay = true;
            var stream = new NetworkStream(socket, ownsSocket: true);
            await using (stream.ConfigureAwait(false))
            {
                await _serve(stream, Plain((IPEndPoint)socket.RemoteEndPoint!), _stopping.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Reset, gone, or stopped: it concerns this connection only, and it is over.
        }
        finally
        {
            socket.Dispose();
            _slots.Release();
            End();
        }
    }

    // Where both families are listened to, 127.0.0.1 comes as ::ffff:127.0.0.1.
    private static IPEndPoint Plain(IPEndPoint endPoint) =>
        endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;

    private void End()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _served.SetResult();
        }
    }
}

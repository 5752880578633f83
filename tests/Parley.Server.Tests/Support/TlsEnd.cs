using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>The client's end of a connection over TLS.</summary>
internal sealed class TlsEnd : IClientEnd
{
    private readonly SslStream _stream;

    private TlsEnd(Socket socket, Stream? below = null)
    {
        Socket = socket;
        _stream = new SslStream(below ?? new NetworkStream(socket, ownsSocket: true));
    }

    public Socket Socket { get; }

    public SslStream Stream => _stream;

    /// <summary>What the server has shown.</summary>
    public X509Certificate2 ServerCertificate => new((X509Certificate)_stream.RemoteCertificate!);

    /// <summary>Connects and sees the handshake through.</summary>
    /// <param name="address">Where.</param>
    /// <param name="configure">What is not as usual.</param>
    /// <param name="below">What lies between socket and TLS, if anything.</param>
    /// <param name="receiveBufferBytes">How much its machine takes before it reads.</param>
    public static async Task<TlsEnd> ConnectAsync(
        EndPoint address, Action<SslClientAuthenticationOptions>? configure = null, Func<Stream, Stream>? below = null, int? receiveBufferBytes = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.ReceiveBufferSize = receiveBufferBytes ?? socket.ReceiveBufferSize;
        await socket.ConnectAsync(address).WithinSafetyAsync();
        var end = new TlsEnd(socket, below?.Invoke(new NetworkStream(socket, ownsSocket: true)));
        await end.HandshakeAsync(configure);
        return end;
    }

    /// <summary>Sees the handshake through over a socket that has said something before.</summary>
    public static async Task<TlsEnd> OverAsync(Socket socket)
    {
        var end = new TlsEnd(socket);
        await end.HandshakeAsync(null);
        return end;
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer) => await _stream.ReadAsync(buffer);

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    public async ValueTask CompleteSendingAsync() => await _stream.ShutdownAsync();

    public ValueTask CloseAsync() => _stream.DisposeAsync();

    private async Task HandshakeAsync(Action<SslClientAuthenticationOptions>? configure)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = "chat.test", RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null };
        configure?.Invoke(options);
        try
        {
            await _stream.AuthenticateAsClientAsync(options).WithinSafetyAsync();
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }
}

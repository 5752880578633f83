using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Upgrade;

// message = kind-length body-length kind body      ; lengths are 32 bits each, the least significant first
// A descriptor comes with the first byte of its message.

/// <summary>Messages between two processes of one machine, each of which may carry a descriptor.</summary>
/// <param name="socket">A connected Unix socket, which is the channel's from here on.</param>
internal sealed class StateChannel(Socket socket) : IDisposable
{
    private const int HeadBytes = 2 * sizeof(int);
    private const int MaxKindBytes = 32;

    /// <summary>More than the state of ten thousand sessions, and of a hundred thousand rooms.</summary>
    private const int MaxBodyBytes = 512 * 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly int _descriptor = (int)socket.Handle;

    /// <summary>Sends a message as JSON.</summary>
    public Task SendAsync<T>(string kind, T what, JsonTypeInfo<T> type, int descriptor, CancellationToken cancellationToken)
        => SendAsync(kind, JsonSerializer.SerializeToUtf8Bytes(what, type), descriptor, cancellationToken);

    /// <summary>Sends a message.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="body">Its content.</param>
    /// <param name="descriptor">The descriptor that it carries, which stays the caller's; -1 for none.</param>
    /// <param name="cancellationToken">Gives up, and leaves the channel of no use.</param>
    /// <exception cref="IOException">The other side is gone.</exception>
    public async Task SendAsync(string kind, ReadOnlyMemory<byte> body, int descriptor, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes + kind.Length];
        BinaryPrimitives.WriteInt32LittleEndian(head, kind.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(sizeof(int)), body.Length);
        Encoding.ASCII.GetBytes(kind, head.AsSpan(HeadBytes));
        var sent = await SendHeadAsync(head, descriptor, cancellationToken);
        await SendAllAsync(head.AsMemory(sent), cancellationToken);
        await SendAllAsync(body, cancellationToken);
    }

    /// <summary>Receives a message; null if the other side has ended, or is gone.</summary>
    /// <returns>Its kind, its content, and the descriptor that it carries, which is the caller's; -1 for none.</returns>
    /// <exception cref="IOException">What came is no message.</exception>
    public async Task<(string Kind, byte[] Body, int Descriptor)?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        var (received, descriptor) = await ReceiveHeadAsync(head, cancellationToken);
        if (received <= 0 || !await TryReceiveAllAsync(head.AsMemory(received), cancellationToken))
        {
            return null;
        }

        var (kindLength, bodyLength) = (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(sizeof(int))));
        if (kindLength is < 1 or > MaxKindBytes || bodyLength is < 0 or > MaxBodyBytes)
        {
            throw new IOException("What came over the socket is no message of an upgrade");
        }

        var (kind, body) = (new byte[kindLength], new byte[bodyLength]);
        return await TryReceiveAllAsync(kind, cancellationToken) && await TryReceiveAllAsync(body, cancellationToken)
            ? (Encoding.ASCII.GetString(kind), body, descriptor)
            : null;
    }

    public void Dispose() => socket.Dispose();

    private async Task<int> SendHeadAsync(byte[] head, int descriptor, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (DescriptorCalls.Send(_descriptor, head, descriptor))
            {
                case > 0 and var sent:
                    return sent;
                case -Libc.Again or -Libc.Interrupted or -DescriptorCalls.TooManyReferences:
                    // The other side has to take what was sent before.
                    await Task.Delay(Pause, TimeProvider.System, cancellationToken);
                    break;
                case var error:
                    throw new IOException("The other program is gone", new SocketException(-error));
            }
        }
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
            }
        }
        catch (SocketException e)
        {
            throw new IOException("The other program is gone", e);
        }
    }

    private async Task<(int Received, int Descriptor)> ReceiveHeadAsync(byte[] head, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // Completes when there is something to receive: the call that takes descriptors is not to wait.
                await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
            }
            catch (SocketException)
            {
                return (0, -1);
            }

            var received = DescriptorCalls.Receive(_descriptor, head, out var descriptor);
            if (received is not (-Libc.Again or -Libc.Interrupted))
            {
                return (received, descriptor);
            }
        }
    }

    private async Task<bool> TryReceiveAllAsync(Memory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var received = await socket.ReceiveAsync(bytes, cancellationToken);
                if (received == 0)
                {
                    return false;
                }

                bytes = bytes[received..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

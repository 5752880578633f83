using System.Net.Sockets;

namespace Parley.TestKit;

/// <summary>The client's end of a TCP connection.</summary>
internal sealed class SocketEnd(Socket socket) : IClientEnd
{
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer);
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await socket.SendAsync(bytes)..];
            }
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public ValueTask CompleteSendingAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        return default;
    }

    public ValueTask CloseAsync()
    {
        socket.Dispose();
        return default;
    }
}

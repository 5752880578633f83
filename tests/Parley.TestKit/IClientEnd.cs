namespace Parley.TestKit;

/// <summary>A client's end of a connection of whatever kind.</summary>
public interface IClientEnd
{
    /// <summary>Reads some bytes; 0 when the server has ended its side. <see cref="IOException"/> if it was cut off.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer);

    /// <summary>Writes all of them; waits for as long as the server takes no more.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends the sending side; the other goes on.</summary>
    ValueTask CompleteSendingAsync();

    /// <summary>Is gone, without a word.</summary>
    ValueTask CloseAsync();
}

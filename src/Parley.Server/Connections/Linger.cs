using System.IO.Pipelines;

namespace Parley.Server.Connections;

/// <summary>
/// The end of a connection whose client may still send: to close a socket while it brings bytes in would have the system reset the connection, and what
/// the client has not yet been sent would be lost.
/// </summary>
internal static class Linger
{
    /// <summary>Time a client may go on sending after the goodbye before it is cut off.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>Reads what still comes until the client is done, for so long at most.</summary>
    public static async Task ReadAsync(PipeReader input, TimeSpan longest, TimeProvider time)
    {
        using var deadline = new ReadDeadline(longest, time, input);
        while (!deadline.IsOver && await input.ReadAsync() is { IsCompleted: false } result)
        {
            input.AdvanceTo(result.Buffer.End);
        }
    }
}

namespace Parley.Cli.Terminal;

/// <summary>Notices that the reader of standard output has gone before there is anything to write to it.</summary>
/// <remarks>
/// A write finds out as well, but in a quiet room the next one may be hours away, and <c>parley chat | head -1</c> would
/// stay for as long.
/// </remarks>
internal static class ClosedPipeWatcher
{
    /// <summary>Calls <paramref name="closed"/> once the other end of <paramref name="descriptor"/> is closed, if it is a pipe.</summary>
    public static void Start(int descriptor, Action closed)
    {
        if (!OperatingSystem.IsWindows())
        {
            new Thread(() => Watch(descriptor, closed)) { IsBackground = true, Name = "closed pipe watcher" }.Start();
        }
    }

    private static void Watch(int descriptor, Action closed)
    {
        if ((Descriptor.Wait(descriptor, events: 0) & Descriptor.ErrorOrHangUp) != 0)
        {
            closed();
        }
    }
}

using Parley.Core.Delivery;
using Parley.Specification;

namespace Parley.Core.Tests.Fixtures;

/// <summary>
/// Stands still when it is written to, once, and with it the flush that writes, between two members of a room. No real
/// sink may do that; here it makes that moment last as long as a test wants.
/// </summary>
internal sealed class HoldingSink(Hold hold, LineSink lines) : IOutboxSink
{
    private bool _done;

    public int Write(ReadOnlySpan<byte> bytes)
    {
        if (!_done)
        {
            _done = true;
            hold.Pause();
        }

        return lines.Write(bytes);
    }
}

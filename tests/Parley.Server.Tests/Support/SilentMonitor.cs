using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Server.Tests.Support;

/// <summary>Listens to nothing.</summary>
internal sealed class SilentMonitor : IRecordingMonitor
{
    public void Kept(int messages, TimeSpan took)
    {
    }

    public void Failed(HistoryException cause)
    {
    }

    public void Recovered()
    {
    }

    public void TidyFailed(HistoryException cause)
    {
    }

    public void ClockAhead(TimeSpan by)
    {
    }

    public void TimesAhead(RoomName room, TimeSpan by)
    {
    }

    public void Rejected(HistoryException cause)
    {
    }

    public void Lost(long messages)
    {
    }
}

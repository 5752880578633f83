using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Tells the rooms, too, when history fails and when it is back.</summary>
internal sealed class AnnouncingMonitor(IRecordingMonitor next, LocalBroker broker) : IRecordingMonitor
{
    public void Kept(int messages, TimeSpan took) => next.Kept(messages, took);

    public void Failed(HistoryException cause)
    {
        next.Failed(cause);
        broker.Announce("Server cannot keep history at the moment");
    }

    public void Recovered()
    {
        next.Recovered();
        broker.Announce("Server keeps history again");
    }

    public void TidyFailed(HistoryException cause) => next.TidyFailed(cause);

    public void ClockAhead(TimeSpan by) => next.ClockAhead(by);

    public void TimesAhead(RoomName room, TimeSpan by) => next.TimesAhead(room, by);

    public void Rejected(HistoryException cause) => next.Rejected(cause);

    public void Lost(long messages) => next.Lost(messages);
}

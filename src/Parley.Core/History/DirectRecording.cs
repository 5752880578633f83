using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Sessions;

namespace Parley.Core.History;

/// <summary>A direct message, on its way.</summary>
internal sealed class DirectRecording(
    Session session,
    User author,
    IReadOnlyList<UserName> recipients,
    ReadOnlyMemory<byte> text,
    RoomNumbers? numbers,
    LocalBroker broker) : Recording
{
    private readonly TaskCompletionSource<IReadOnlyList<UserName>> _missing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _time;

    public override int Bytes => text.Length + 100;

    /// <summary>Those who are not here, once it was delivered to those who are.</summary>
    public Task<IReadOnlyList<UserName>> Missing => _missing.Task;

    public override void Describe(List<HistoryEntry> entries, DateTimeOffset time)
    {
        _time = time;
        if (numbers is null)
        {
            return;
        }

        // What reaches nobody is nobody's history.
        foreach (var recipient in recipients.Distinct().Where(broker.IsHere))
        {
            entries.Add(new HistoryEntry(default, ++numbers.Last, time, author.Name, recipient, MessageKind.Text, text));
        }
    }

    public override void Publish(Publication publication)
        => _missing.SetResult(broker.SendDirect(author, recipients, text, _time));

    public override void Refuse()
    {
        session.TellRefused(text);
        _missing.SetResult([]);
    }
}

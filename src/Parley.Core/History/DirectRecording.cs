using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Sessions;

namespace Parley.Core.History;

/// <summary>A direct message, on its way.</summary>
internal sealed class DirectRecording(
    Session session,
    User author,
    IReadOnlyList<UserName> recipients,
    MessageDraft draft,
    RoomNumbers? numbers,
    LocalBroker broker,
    DeliverySample? sample) : Recording
{
    private readonly TaskCompletionSource<IReadOnlyList<UserName>> _missing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<UserName, long> _numbers = [];
    private DateTimeOffset _time;

    public override int Bytes => draft.Text.Length + draft.Tags.Length + 100;

    /// <summary>Those who are not here, once it was delivered to those who are.</summary>
    public Task<IReadOnlyList<UserName>> Missing => _missing.Task;

    public override void Describe(List<HistoryEntry> entries, DateTimeOffset time)
    {
        _time = time;
        if (numbers is null || !draft.IsKept)
        {
            return;
        }

        // What reaches nobody is nobody's history.
        foreach (var recipient in recipients.Distinct())
        {
            if (broker.Find(recipient) is { } user)
            {
                var number = _numbers[recipient] = numbers.Next();
                var entry = HistoryEntry.Of(default, number, time, author.Actor, user.Name, draft);
                entries.Add(entry with { RecipientAccount = user.Profile.Account });
            }
        }
    }

    public override void Publish(Publication publication)
    {
        sample?.Kept();
        _missing.SetResult(broker.SendDirect(session, author, recipients, draft, _time, to => _numbers.GetValueOrDefault(to), sample));
    }

    public override void Refuse()
    {
        session.TellRefused(draft.Text);
        _missing.SetResult([]);
    }
}

using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;

namespace Parley.Core.Broker.Sessions;

/// <summary>Sees every message, in each room's order, without being a member; direct messages and what is taken back only if it wants to.</summary>
public interface IMessageObserver
{
    /// <summary>A room has taken a message in. Called under the room's lock: MUST NOT block, throw, or call back into the core.</summary>
    void Posted(MessagePosted message);

    /// <summary>Somebody has sent a direct message. Called under the lock of direct messages: MUST NOT block, throw, or call back into the core.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recipient">The account that it has reached; null for a guest, or if it has reached nobody.</param>
    void Sent(DirectMessage message, ProvenAccount? recipient)
    {
    }

    /// <summary>A message was taken back, in a room or a direct one. MUST NOT block or throw.</summary>
    /// <param name="message">The message, as it was.</param>
    /// <param name="isByAuthor">Whether its author has taken it back, and not somebody who looks after the room.</param>
    void TakenBack(in HistoryEntry message, bool isByAuthor)
    {
    }
}

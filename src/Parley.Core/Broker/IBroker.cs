using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Queries;

namespace Parley.Core.Broker;

/// <summary>
/// Authority on the order of events. Sessions hand in intentions; what the broker accepts becomes an event with the room's
/// next sequence number, and is shown to everybody concerned in that order.
/// </summary>
/// <remarks>
/// The seam between one machine and many: beside <see cref="Attach"/>, only data crosses it. Callers MUST NOT assume that a decision
/// was made here and now: they await it. Intentions of one session MUST be handed in one at a time; those of different sessions may
/// be at once. Every implementation passes <c>BrokerSpecification</c>.
/// </remarks>
public interface IBroker
{
    /// <summary>True if what is said is kept, and can be read later.</summary>
    bool KeepsHistory { get; }

    /// <summary>Makes a session of this machine known, by the id that it has from then on. The only call that hands a live object over.</summary>
    SessionId Attach(Session session);

    /// <summary>
    /// Ends a session; with a user's last one the user quits every room and its name is free again. Does nothing the second
    /// time. MUST be called when the connection's write side has ended, not before.
    /// </summary>
    /// <param name="who">The session.</param>
    /// <param name="reason">What the user says, or what became of it.</param>
    ValueTask DetachAsync(SessionId who, string reason = "");

    /// <summary>Decides an intention; completes when it is shown, as far as the session has to wait for that.</summary>
    /// <param name="who">The session whose intention it is.</param>
    /// <param name="what">The intention. The broker keeps it.</param>
    /// <param name="cancellationToken">Gives up waiting; what was decided stays decided.</param>
    ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default);

    /// <summary>Answers a question, as far as the one who asks may know.</summary>
    /// <param name="who">A session, <see cref="SessionId.Anybody"/> or <see cref="SessionId.Server"/>.</param>
    /// <param name="what">The question.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default);

    /// <summary>Decides nothing from here on, and has everything that was decided in its members' outboxes when it completes.</summary>
    ValueTask StopAsync();
}

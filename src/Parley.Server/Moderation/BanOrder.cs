using Parley.Core.Broker.Sessions;
using Parley.Core.Moderation;

namespace Parley.Server.Moderation;

/// <summary>Order of an operator to ban somebody from the server.</summary>
/// <param name="Target">Whom, as <see cref="BanTargets"/> reads it.</param>
/// <param name="Time">For how long, as <see cref="BanTime"/> reads it.</param>
/// <param name="Reason">Why; the banned person is told.</param>
/// <param name="By">Name of the operator.</param>
internal sealed record BanOrder(string Target, string Time, string? Reason, string By)
{
    /// <summary>The operator's own session, which is not to be banned; null if there is none.</summary>
    public Session? Session { get; init; }

    /// <summary>Id of the operator's account; 0 for none.</summary>
    public long Account { get; init; }

    /// <summary>True to say only whom it would be about.</summary>
    public bool IsDryRun { get; init; }
}

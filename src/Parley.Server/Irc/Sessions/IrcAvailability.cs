using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Sessions;

/// <summary>
/// Capabilities that this server has but cannot give at the moment. Clients are told when that changes
/// (https://ircv3.net/specs/extensions/capability-negotiation#cap-notify).
/// </summary>
internal sealed class IrcAvailability
{
    private readonly Lock _gate = new();
    private IrcCapabilities _missing;

    /// <summary>Is told each capability whose offer has changed, from any thread.</summary>
    public Action<IrcCapabilities>? WhenChanged { get; set; }

    public bool Has(IrcCapabilities capability)
    {
        lock (_gate)
        {
            return (_missing & capability) == IrcCapabilities.None;
        }
    }

    /// <summary>A capability is there from now on, or is not; told to those who want to know if that is news.</summary>
    public void Set(IrcCapabilities capability, bool isAvailable)
    {
        lock (_gate)
        {
            var missing = isAvailable ? _missing & ~capability : _missing | capability;
            if (missing == _missing)
            {
                return;
            }

            _missing = missing;
        }

        Tell(capability);
    }

    /// <summary>Tells those who want to know how a capability is offered now: that, or its value, has changed.</summary>
    public void Tell(IrcCapabilities capability) => WhenChanged?.Invoke(capability);
}

namespace Parley.Net.Sweep;

/// <summary>Reactions of a host to a probe, the best first.</summary>
public enum ProbeReplyKind
{
    /// <summary>With what the probe was looking for.</summary>
    Answered,

    /// <summary>It is there, and speaks something else than what the probe was looking for.</summary>
    Other,

    /// <summary>It is there, and refused or reset the connection.</summary>
    Refused,

    /// <summary>Not at all, until the timeout.</summary>
    Silent,

    /// <summary>The network says that there is no way to it.</summary>
    Unreachable,

    /// <summary>The probe could not be made; the detail says why.</summary>
    Failed,
}

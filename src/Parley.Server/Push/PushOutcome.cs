namespace Parley.Server.Push;

/// <summary>Outcome of one attempt to push.</summary>
internal enum PushOutcome
{
    /// <summary>The push service has it.</summary>
    Taken,

    /// <summary>There is no such device any more.</summary>
    Gone,

    /// <summary>The push service does not want it, and will not later.</summary>
    Refused,

    /// <summary>Another attempt may help.</summary>
    Failed,
}

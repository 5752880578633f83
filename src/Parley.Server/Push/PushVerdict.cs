namespace Parley.Server.Push;

/// <summary>Answer to somebody who subscribes to web push.</summary>
internal enum PushVerdict
{
    Accepted,

    /// <summary>The endpoint is no address of a push service.</summary>
    BadEndpoint,

    /// <summary>The keys are not those of a device.</summary>
    BadKeys,

    /// <summary>The account has as many as it may.</summary>
    TooMany,

    /// <summary>There is no such account any more.</summary>
    NoAccount,
}

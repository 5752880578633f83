namespace Parley.Server.Transport;

/// <summary>Consequence of a failed accept for the listener.</summary>
internal enum AcceptErrorTier
{
    /// <summary>Only that connection failed: go on.</summary>
    Continue,

    /// <summary>The machine is out of something: wait, then go on.</summary>
    BackOff,

    /// <summary>The listener itself is gone.</summary>
    Fatal,
}

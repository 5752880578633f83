namespace Parley.Core.History;

/// <summary>Treatment of messages while history cannot be kept.</summary>
public enum HistoryFailurePolicy
{
    /// <summary>They are delivered, and kept later if the store comes back in time; the rooms are told.</summary>
    Deliver,

    /// <summary>They are not delivered, and their authors are told.</summary>
    Refuse,
}

namespace Parley.Core.Events;

/// <summary>How a message is meant to be read. The numbers are what history keeps.</summary>
public enum MessageKind
{
    /// <summary>Something said: <c>Name: text</c>.</summary>
    Text = 0,

    /// <summary>Something done: <c>* Name waves</c>.</summary>
    Action = 1,

    /// <summary>Something said that no program may answer by itself.</summary>
    Notice = 2,

    /// <summary>Nothing said: only tags, for clients that understand them (a reaction, that somebody types).</summary>
    Tags = 3,
}

namespace Parley.Cli.Bench;

/// <summary>Meaning of a change in a figure.</summary>
internal enum ComparedFigureKind
{
    /// <summary>Nothing by itself.</summary>
    Shown,

    MoreIsBetter,

    LessIsBetter,

    /// <summary>More than before is worse, however little.</summary>
    NoneIsBetter,
}

/// <summary>One figure of two reports.</summary>
internal sealed record ComparedFigure(string Name, double Before, double After, ComparedFigureKind Kind)
{
    /// <summary>After as a multiple of before; 1 if both are 0.</summary>
    public double Ratio => Before == After ? 1 : After / Before;

    /// <summary>True if it is worse by more than <paramref name="threshold"/>, 0.1 being a tenth.</summary>
    public bool IsWorse(double threshold) => Kind switch
    {
        ComparedFigureKind.MoreIsBetter => Ratio < 1 - threshold,
        ComparedFigureKind.LessIsBetter => Ratio > 1 + threshold,
        ComparedFigureKind.NoneIsBetter => After > Before,
        _ => false,
    };
}

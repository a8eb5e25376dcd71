"""Reads every cell of a workbook with openpyxl, in the mode that holds one row at a time."""

import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1], read_only=True)
print(sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True)))

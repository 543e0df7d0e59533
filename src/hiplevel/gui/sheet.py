"""The style sheet: {names} are colours of a theme, sizes of letters and icons, put in by `theme.style_sheet`."""

SHEET = """
* {{ font-size: {base}; color: {text}; }}
QMainWindow, QDialog, QWidget#place, QStackedWidget {{ background: {window}; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QLabel {{ background: transparent; }}
QLineEdit {{ placeholder-text-color: {muted}; }}
QLabel[role="title"] {{ font-size: {title}; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {big}; font-weight: 600; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="small"] {{ color: {muted}; font-size: {small}; }}
QLabel[role="alarm"] {{ color: {alarm}; font-weight: 600; }}
QLabel[role="badge"] {{ color: {text}; background: {raised}; border: 1px solid {line}; border-radius: 4px;
    padding: 2px 8px; font-weight: 600; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 10px; }}
QFrame[role="rail"] {{ background: {surface}; border: none; border-right: 1px solid {line}; }}
QFrame[role="rule"] {{ background: {line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[role="notice"] {{ background: {raised}; border: 1px solid {warn}; border-left: 6px solid {warn};
    border-radius: 6px; }}
QPushButton, QToolButton {{ background: {raised}; border: 1px solid {line}; border-radius: 8px; padding: 8px 16px;
    min-height: 22px; }}
QPushButton:hover, QToolButton:hover {{ border-color: {muted}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {line}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: 7px 15px; }}
QPushButton:checked, QToolButton:checked {{ border-color: {accent}; background: {line}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {muted}; background: {surface}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 600;
    font-size: {big}; padding: 12px 18px; min-height: 30px; }}
QPushButton[role="primary"]:focus {{ border-color: {text}; padding: 11px 17px; }}
QPushButton[role="primary"]:disabled {{ background: {raised}; color: {muted}; border-color: {line}; }}
QPushButton[role="large"] {{ font-size: {big}; padding: 12px 18px; min-height: 30px; }}
QPushButton[role="large"]:focus {{ padding: 11px 17px; }}
QToolButton[role="rail"] {{ border: none; border-radius: 8px; background: transparent; padding: 10px 6px;
    color: {muted}; }}
QToolButton[role="rail"]:hover {{ background: {raised}; }}
QToolButton[role="rail"]:checked {{ background: {raised}; color: {text}; }}
QToolButton[role="rail"]:focus {{ border: 2px solid {accent}; padding: 8px 4px; }}
QListWidget:focus, QTableWidget:focus {{ border: 2px solid {accent}; }}
QListWidget, QTableWidget {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; outline: none;
    gridline-color: {line}; alternate-background-color: {surface}; }}
QListWidget::item {{ padding: 9px 10px; border-radius: 4px; }}
QListWidget::item:selected, QTableWidget::item:selected {{ background: {raised}; color: {text}; }}
QListWidget::item:selected {{ border-left: 4px solid {accent}; }}
QHeaderView::section {{ background: {surface}; color: {muted}; border: none; border-bottom: 1px solid {line};
    padding: 6px 8px 6px 10px; }}
QTableCornerButton::section {{ background: {surface}; border: none; }}
QSlider::groove:horizontal {{ height: 6px; background: {line}; border-radius: 3px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 3px; }}
QSlider::handle:horizontal {{ background: {text}; width: 18px; height: 18px; margin: -6px 0; border-radius: 9px; }}
QSlider::handle:horizontal:focus {{ background: {accent}; }}
QPushButton[role="tight"] {{ padding: 8px 9px; }}
QPushButton[role="tight"]:focus {{ padding: 7px 8px; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 4px; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 2px solid {muted}; border-radius: 4px;
    background: {window}; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QCheckBox::indicator:focus {{ border-color: {accent}; }}
QCheckBox::indicator:disabled {{ border-color: {line}; }}
QCheckBox::indicator:checked:disabled {{ background: {line}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {accent}; }}
QComboBox {{ background: {raised}; border: 1px solid {muted}; border-radius: 4px; padding: 3px 8px; }}
QComboBox:focus {{ border: 2px solid {accent}; padding: 2px 7px; }}
QComboBox:disabled {{ color: {muted}; border-color: {line}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 10px; height: 10px; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea:focus {{ border: 2px solid {accent}; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 5px; min-height: 30px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: 6px; }}
QMenu::item {{ padding: 6px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {raised}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {muted}; padding: 8px 16px; border: none;
    border-bottom: 3px solid transparent; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 3px solid {accent}; }}
QTabBar::tab:focus {{ color: {accent}; }}
QSplitter::handle {{ background: {line}; }}
QProgressBar {{ background: {raised}; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
"""
